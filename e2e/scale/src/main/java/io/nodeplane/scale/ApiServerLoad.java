package io.nodeplane.scale;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the API server says about itself in its {@code /metrics}. Source: Kubernetes metrics reference, {@code apiserver_request_total},
 * {@code process_cpu_seconds_total}, {@code process_resident_memory_bytes}.
 */
final class ApiServerLoad implements Readings {
    /** Processor time in seconds. */
    static final String CPU = "cpu";
    /** Answered requests of everybody; a watch counts at its end. */
    static final String REQUESTS = "requests";
    /** Those to PlexdNodeStates and PlexdHooks, and to Secrets and Jobs, by whomever. */
    static final String AGENTS = "agents";
    /** Requests that were refused because there were too many: 429. */
    static final String THROTTLED = "throttled";
    /** Writes to PlexdNodeStates and PlexdHooks, and to Secrets and Jobs, which nobody but agents write while all is quiet. */
    static final String WRITES = "writes";

    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{(.*)\\})? ([0-9.e+-]+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE");
    private static final Set<String> THEIRS = Set.of("plexdnodestates", "plexdhooks", "secrets", "jobs");

    private final KubernetesClient client;

    ApiServerLoad(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Double> read() {
        try {
            return parse(client.raw("/metrics"));
        } catch (KubernetesClientException away) {
            return Map.of();
        }
    }

    static Map<String, Double> parse(String page) {
        var readings =
                new HashMap<String, Double>(Map.of(CPU, 0.0, REQUESTS, 0.0, AGENTS, 0.0, THROTTLED, 0.0, WRITES, 0.0));
        page.lines()
                .filter(line ->
                        line.startsWith("apiserver_request_total{") || line.startsWith("process_cpu_seconds_total"))
                .forEach(line -> count(line, readings));
        return readings;
    }

    private static void count(String line, Map<String, Double> readings) {
        var sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            return;
        }
        var value = Double.parseDouble(sample.group(3));
        if (sample.group(1).equals("process_cpu_seconds_total")) {
            readings.put(CPU, value);
            return;
        }
        var labels = labels(sample.group(2));
        readings.merge(REQUESTS, value, Double::sum);
        if ("429".equals(labels.get("code"))) {
            readings.merge(THROTTLED, value, Double::sum);
        }
        if (THEIRS.contains(labels.getOrDefault("resource", ""))) {
            readings.merge(AGENTS, value, Double::sum);
            if (WRITING.contains(labels.getOrDefault("verb", ""))) {
                readings.merge(WRITES, value, Double::sum);
            }
        }
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        var found = LABEL.matcher(text);
        while (found.find()) {
            labels.put(found.group(1), found.group(2));
        }
        return labels;
    }
}
