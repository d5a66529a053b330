package io.nodeplane.plexd.filehooks;

import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The whole environment of a hook (protocol facts 8.2): nothing of the agent's own but {@code PATH} and {@code HOME}. */
final class HookEnvironment {
    /** Also how the processes of an execution are found again. */
    static final String EXECUTION_ID = "PLEXD_EXECUTION_ID";

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String PARAMETER = "PLEXD_PARAM_";

    private HookEnvironment() {}

    /**
     * Variables by name.
     *
     * @param agent the agent's own variables
     * @param declared parameters of the sidecar: the default of one that is not given, and a reason to refuse without a required one
     */
    static Map<String, String> of(
            Map<String, String> agent,
            String nodeId,
            String executionId,
            List<Parameter> declared,
            Map<String, String> given)
            throws ActionFailed {
        var variables = new TreeMap<String, String>();
        variables.put("PATH", agent.getOrDefault("PATH", DEFAULT_PATH));
        variables.put("HOME", agent.getOrDefault("HOME", "/"));
        variables.put("PLEXD_NODE_ID", nodeId);
        variables.put(EXECUTION_ID, executionId);
        var origins = new HashMap<String, String>();
        for (var parameter : complete(declared, given).entrySet()) {
            var variable = PARAMETER + spelled(parameter.getKey());
            var other = origins.put(variable, parameter.getKey());
            if (other != null) {
                throw new ActionFailed("parameters \"" + other + "\" and \"" + parameter.getKey()
                        + "\" would both be the variable " + variable);
            }
            if (parameter.getValue().indexOf('\0') >= 0) {
                throw new ActionFailed("parameter \"" + parameter.getKey() + "\" holds a NUL, which no variable can");
            }
            variables.put(variable, parameter.getValue());
        }
        return variables;
    }

    private static Map<String, String> complete(List<Parameter> declared, Map<String, String> given)
            throws ActionFailed {
        var all = new TreeMap<>(given);
        for (var parameter : declared) {
            if (parameter.required() && !given.containsKey(parameter.name())) {
                throw new ActionFailed("parameter \"" + parameter.name() + "\" is missing, the hook requires it");
            }
            if (!parameter.defaultValue().isEmpty()) {
                all.putIfAbsent(parameter.name(), parameter.defaultValue());
            }
        }
        return all;
    }

    private static String spelled(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT);
    }
}
