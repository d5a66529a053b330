package io.nodeplane.mockapi;

import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Three nodes that talk to a mock as agents do, in a time that the test moves: ten minutes of a cluster in a second. */
final class Fleet {
    static final List<String> HOSTS = List.of("edge-1", "edge-2", "edge-3");

    /** The node whose heartbeats stop, and when. */
    static final String LOST = "edge-3";

    static final int LOST_AFTER = 530;
    static final int LENGTH = 600;

    private static final String[] BEARER = {"Authorization", "Bearer " + Secret.NODE_SECRET_KEY};

    private final Client client;
    private final URI base;
    private final SettableClock clock;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, double[]> vitals = new HashMap<>();
    private final Random random = new Random(7);

    Fleet(Client client, URI base, SettableClock clock) {
        this.client = client;
        this.base = base;
        this.clock = clock;
    }

    String id(String host) {
        return ids.getOrDefault(host, "");
    }

    /** Registers the nodes and lets ten minutes pass. */
    void live() throws IOException, InterruptedException {
        for (var host : HOSTS) {
            register(host);
        }
        for (int second = 0; second <= LENGTH; second += 5) {
            for (int i = 0; i < HOSTS.size(); i++) {
                // The nodes did not start at the same moment.
                act(HOSTS.get(i), second + 5 * i);
            }
            clock.advance(Duration.ofSeconds(5));
        }
    }

    private void register(String host) throws IOException, InterruptedException {
        var body = Json.object()
                .put("token", "e2e-test-token")
                .put("public_key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
                .put("hostname", host);
        var answer =
                client.send(base, "POST", "/v1/register", body.toString(), "Authorization", "Bearer e2e-test-token");
        ids.put(host, Json.known(answer.body()).get("node_id").asText());
        vitals.put(host, new double[] {8 + 20 * random.nextDouble(), 1.6e9 + 2e9 * random.nextDouble(), 0.5, 0, 0});
        send(host, "PUT", "capabilities", CAPABILITIES);
        send(host, "POST", "drift", DRIFT.replace("TIME", now()));
        audit(host, "process", "{\"pid\":1}", "start", "plexd", "success");
    }

    private void act(String host, int second) throws IOException, InterruptedException {
        if (host.equals(LOST) && second > LOST_AFTER) {
            return;
        }
        if (second % 30 == 0) {
            send(
                    host,
                    "POST",
                    "heartbeat",
                    HEARTBEAT.replace("ID", id(host)).replace("TIME", now()).replace("UP", second + "s"));
        }
        if (second % 60 == 10) {
            send(host, "GET", "state", "");
        }
        if (second % 15 == 0) {
            metrics(host);
        }
        if (second % 30 == 20) {
            logs(host, second);
        }
        if (host.equals("edge-1") && second % 45 == 15) {
            audit(
                    host,
                    "k8s-audit",
                    "{\"username\":\"system:serviceaccount:plexd-system:plexd\"}",
                    "patch",
                    "plexd-system/plexdnodestates/node-" + host,
                    "success");
        }
        if (second == 420) {
            execute(host);
        }
    }

    private void metrics(String host) throws IOException, InterruptedException {
        var now = vitals.getOrDefault(host, new double[5]);
        double busy = clock.instant().getEpochSecond() % 240 < 50 && host.equals("edge-2") ? 55 : 14;
        now[0] = Math.clamp(now[0] + (busy - now[0]) * 0.4 + random.nextGaussian() * 3, 1, 99);
        now[1] = Math.clamp(now[1] + random.nextGaussian() * 4e7, 1.2e9, 7e9);
        now[2] = Math.clamp(now[2] + (now[0] / 25 - now[2]) * 0.3, 0.02, 9);
        now[3] += 2e5 + 6e5 * random.nextDouble();
        now[4] += 1e5 + 3e5 * random.nextDouble();
        var data = Json.object()
                .put("cpu_usage_percent", now[0])
                .put("memory_used_bytes", (long) now[1])
                .put("memory_total_bytes", 8_245_293_056L)
                .put("load_avg_1", now[2])
                .put("network_rx_bytes", (long) now[3])
                .put("network_tx_bytes", (long) now[4]);
        var record =
                Json.object().put("timestamp", now()).put("group", "system").set("data", data);
        send(host, "POST", "metrics", "[" + record + "]");
    }

    private void logs(String host, int second) throws IOException, InterruptedException {
        var told = TOLD.get((second / 30 + HOSTS.indexOf(host) * 3) % TOLD.size());
        log(host, told[0], told[1], told[2]);
        if (second % 90 == 20) {
            log(host, "info", "plexd", "state pulled changes=0 took_ms=" + (9 + second % 7));
        }
    }

    private static final List<String[]> TOLD = List.of(
            line("info", "containerd.service", "ImageUpdate event name=registry.k8s.io/pause:3.10"),
            line("info", "kubelet.service", "Started container plexd in pod plexd-system/plexd-7xk2p"),
            line("warning", "kernel", "TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies."),
            line("info", "systemd", "Finished logrotate.service - Rotate log files."),
            line(
                    "err",
                    "kubelet.service",
                    "Readiness probe failed: Get http://10.244.1.7:8080/healthz: deadline exceeded"),
            line("notice", "plexd", "capabilities accepted actions=2 hooks=0"),
            line("info", "sshd", "Accepted publickey for ops from 10.0.4.18 port 51122 ssh2"));

    private static String[] line(String severity, String unit, String message) {
        return new String[] {severity, unit, message};
    }

    void log(String host, String severity, String unit, String message) throws IOException, InterruptedException {
        var record = Json.object()
                .put("timestamp", now())
                .put("source", "journald")
                .put("unit", unit)
                .put("message", message)
                .put("severity", severity)
                .put("hostname", host);
        send(host, "POST", "logs", "[" + record + "]");
    }

    /** Opens the event stream of a node. */
    InputStream events(String host) throws IOException, InterruptedException {
        return client.stream(base, "/v1/nodes/" + id(host) + "/events", BEARER);
    }

    private void audit(String host, String source, String subject, String action, String object, String result)
            throws IOException, InterruptedException {
        var record = Json.object()
                .put("timestamp", now())
                .put("source", source)
                .put("event_type", action)
                .put("object", object)
                .put("action", action)
                .put("result", result)
                .put("hostname", host)
                .put("raw", "");
        record.set("subject", Json.known(subject));
        send(host, "POST", "audit", "[" + record + "]");
    }

    private void execute(String host) throws IOException, InterruptedException {
        if (host.equals("edge-1")) {
            var event = "{\"event_type\":\"action_request\",\"event_id\":\"evt-7\",\"nonce\":\"n-7\",\"payload\":"
                    + "{\"execution_id\":\"exec-7\",\"action\":\"system.info\",\"timeout\":\"30s\"}}";
            client.send(base, "POST", "/test/inject-event", event);
        }
        send(
                host,
                "POST",
                "executions/exec-7/ack",
                "{\"execution_id\":\"exec-7\",\"status\":\"accepted\",\"reason\":\"\"}");
        var result = Json.object()
                .put("execution_id", "exec-7")
                .put("status", host.equals(LOST) ? "timeout" : "success")
                .put("exit_code", host.equals(LOST) ? 124 : 0)
                .put(
                        "stdout",
                        host.equals(LOST) ? "" : "{\"hostname\":\"" + host + "\",\"os\":\"linux\",\"arch\":\"amd64\"}")
                .put("stderr", "")
                .put("duration", host.equals(LOST) ? "30s" : "41ms")
                .put("finished_at", now());
        send(host, "POST", "executions/exec-7/result", result.toString());
    }

    private String now() {
        return clock.instant().toString();
    }

    private void send(String host, String method, String path, String body) throws IOException, InterruptedException {
        var answer = client.send(base, method, "/v1/nodes/" + id(host) + "/" + path, body, BEARER);
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": status " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static final String CHECKSUM = "0123456789abcdef".repeat(4);
    private static final String HEARTBEAT =
            "{\"node_id\":\"ID\",\"timestamp\":\"TIME\",\"status\":\"healthy\",\"uptime\":\"UP\","
                    + "\"binary_checksum\":\"" + CHECKSUM + "\"}";
    private static final String DRIFT = "{\"timestamp\":\"TIME\",\"corrections\":["
            + "{\"type\":\"peer_added\",\"detail\":\"peer peer-001\"},{\"type\":\"peer_added\",\"detail\":\"peer peer-002\"},"
            + "{\"type\":\"policy_added\",\"detail\":\"policy policy-001\"}]}";
    private static final String CAPABILITIES = "{\"binary\":{\"version\":\"0.1.0\",\"checksum\":\"" + CHECKSUM
            + "\"},\"builtin_actions\":[{\"name\":\"diagnostics.collect\",\"description\":\"d\",\"parameters\":[]},"
            + "{\"name\":\"system.info\",\"description\":\"d\",\"parameters\":[]}],\"hooks\":[]}";
}
