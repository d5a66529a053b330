package io.nodeplane.scale;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run is to be, from the environment.
 *
 * @param agents number of nodes, {@code SCALE_AGENTS}
 * @param rest how long the quiet phase takes, {@code SCALE_REST_MINUTES}
 * @param outage how long the control plane is away, {@code SCALE_OUTAGE_SECONDS}
 * @param kubeconfig of a cluster with the bundle in {@link #NAMESPACE} and a kwok that runs its nodes, {@code KUBECONFIG}
 * @param directory for data directories, logs, table and charts, {@code SCALE_DIRECTORY}
 */
record Settings(int agents, Duration rest, Duration outage, Path kubeconfig, Path directory) {
    /** As e2e/scale/kustomization.yaml has it. */
    static final String NAMESPACE = "plexd-scale";

    /** @throws IllegalArgumentException with every fault */
    static Settings from(Map<String, String> variables) {
        var faults = new ArrayList<String>();
        var settings = new Settings(
                number(variables, "SCALE_AGENTS", "1000", 5_000, faults),
                Duration.ofMinutes(number(variables, "SCALE_REST_MINUTES", "10", 120, faults)),
                Duration.ofSeconds(number(variables, "SCALE_OUTAGE_SECONDS", "120", 3_600, faults)),
                path(variables, "KUBECONFIG", faults),
                path(variables, "SCALE_DIRECTORY", faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
        return settings;
    }

    private static int number(
            Map<String, String> variables, String name, String otherwise, int most, List<String> faults) {
        var text = variables.getOrDefault(name, otherwise);
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        faults.add(name + ": expected a whole number from 1 to " + most + ", got \"" + text + "\"");
        return 1;
    }

    private static Path path(Map<String, String> variables, String name, List<String> faults) {
        var text = variables.getOrDefault(name, "");
        if (text.isBlank()) {
            faults.add(name + ": expected a path, got nothing: call this through make bench-scale");
        }
        return Path.of(text).toAbsolutePath();
    }
}
