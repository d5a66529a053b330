package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the agent's configuration lets hooks do: whoever may create a PlexdHook has the power of the Jobs that agents make.
 *
 * @param privileged hooks may have a privileged container or files of the node
 * @param serviceAccounts accounts a hook may ask for, beside {@link #OWN_ACCOUNT}
 */
public record HookRules(boolean privileged, Set<String> serviceAccounts) {
    /** The account of a hook that asks for none; it has no rights. */
    static final String OWN_ACCOUNT = "plexd-hook";

    private static final String PARAMETER_PREFIX = "PLEXD_PARAM_";

    public HookRules {
        serviceAccounts = Set.copyOf(serviceAccounts);
    }

    /**
     * Why a hook is not run.
     *
     * @param reason one word, for the condition
     */
    record Refusal(String reason, String message) {}

    /** The first thing that keeps the hook from being run, if any. */
    Optional<Refusal> refusal(HookSpec spec) {
        var template = spec.template();
        var account = template.serviceAccountName();
        if (account.isPresent() && !account.get().equals(OWN_ACCOUNT) && !serviceAccounts.contains(account.get())) {
            return Optional.of(new Refusal(
                    "ServiceAccountNotAllowed",
                    "spec.jobTemplate.serviceAccountName is " + account.get()
                            + ", expected one of kubernetes.hooks_service_accounts"));
        }
        if (!privileged && spec.privileged()) {
            return Optional.of(new Refusal(
                    "PrivilegedNotAllowed",
                    "spec.privileged is true, expected false: kubernetes.hooks_privileged is off"));
        }
        if (!privileged && !template.hostPaths().isEmpty()) {
            return Optional.of(new Refusal(
                    "HostPathsNotAllowed",
                    "spec.jobTemplate.hostPaths has " + template.hostPaths().size()
                            + " entries, expected none: kubernetes.hooks_privileged is off"));
        }
        return collision(spec.parameters());
    }

    /** The variable that carries a parameter (seed "PlexdHook", parameters). */
    static String variable(String parameter) {
        return PARAMETER_PREFIX + parameter.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }

    private static Optional<Refusal> collision(Collection<Parameter> parameters) {
        Map<String, String> taken = new LinkedHashMap<>();
        var collisions = parameters.stream()
                .filter(parameter -> taken.putIfAbsent(variable(parameter.name()), parameter.name()) != null)
                .map(parameter -> taken.get(variable(parameter.name())) + " and " + parameter.name() + " (both "
                        + variable(parameter.name()) + ")")
                .collect(Collectors.joining(", "));
        return collisions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "ParameterCollision",
                        "spec.parameters has names that become one environment variable: " + collisions));
    }
}
