package io.nodeplane.testing.apiserver;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one {@link ApiServer} to all test classes of a run, as a parameter of a test, constructor or set-up method. It starts
 * with its first use and ends with the run. Tests share it, so each works in a namespace of its own and none stops it.
 */
public final class SharedApiServer implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedApiServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ApiServer.class;
    }

    @Override
    public ApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(ApiServer.class, key -> ApiServer.start(), ApiServer.class);
    }
}
