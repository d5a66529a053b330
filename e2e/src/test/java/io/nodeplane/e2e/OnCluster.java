package io.nodeplane.e2e;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Gives tests the cluster, made ready once for all classes, and prints the seed's diagnostics when one fails. */
final class OnCluster implements ParameterResolver, TestWatcher {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OnCluster.class))
                .getOrComputeIfAbsent(Cluster.class, ignored -> start(), Cluster.class);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        System.out.println("=== " + context.getDisplayName() + " failed: " + cause);
        try {
            System.out.println(Cluster.diagnostics());
        } catch (IOException unavailable) {
            System.out.println("no diagnostics: " + unavailable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Cluster start() {
        try {
            return Cluster.ready();
        } catch (Exception failed) {
            throw new IllegalStateException("the cluster did not become ready: " + failed.getMessage(), failed);
        }
    }
}
