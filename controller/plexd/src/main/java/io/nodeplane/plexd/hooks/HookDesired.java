package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ObjectName;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Job that runs a hook on a node.
 *
 * @param name of the Job; the same on every try, so that a Job is found and not made twice
 * @param environment variables of the container, in order
 */
record HookDesired(String name, String namespace, HookObserved hook, String node, Map<String, String> environment) {
    private static final String PREFIX = "plexdhook-";

    /** The hook's Job on the node; which of the nodes may run it is decided elsewhere. */
    static HookDesired from(HookObserved hook, String namespace, String node) {
        return new HookDesired(jobName(hook, node), namespace, hook, node, environment(hook.spec(), node));
    }

    /** {@code plexdhook-{resource name}}; with a node selector there are many, and the node's name follows. */
    static String jobName(HookObserved hook, String node) {
        var name = PREFIX + hook.name();
        return switch (hook.spec().target()) {
            case Target.AnyNode _, Target.OneNode _ -> ObjectName.ofJob(name);
            case Target.Labelled _ -> ObjectName.ofJob(name + "-" + node);
        };
    }

    /** What the status names as the Job: with a node selector what the names of all have in common. */
    static String statusJobName(HookObserved hook) {
        return switch (hook.spec().target()) {
            case Target.AnyNode _, Target.OneNode _ -> ObjectName.ofJob(PREFIX + hook.name());
            case Target.Labelled _ -> PREFIX + hook.name();
        };
    }

    private static Map<String, String> environment(HookSpec spec, String node) {
        var variables = new LinkedHashMap<String, String>();
        // The node's name, where hooks that are files get the node's id: as the two references have it.
        variables.put("PLEXD_NODE_ID", node);
        variables.put("PLEXD_HOOK_NAME", spec.hookName());
        spec.parameters().forEach(parameter -> variables.put(HookRules.variable(parameter.name()), parameter.value()));
        return variables;
    }
}
