package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.wire.Shape;
import java.util.regex.Pattern;

/** The bodies of the platform's contract; every one is checked strictly. SOURCE: facts 2.3, 3.4, 3.5, 5.1 to 5.5, 8.3, 8.5. */
final class PlatformShapes {
    private static final Pattern NAT = Pattern.compile("full_cone|restricted|port_restricted|symmetric|unknown");

    static final Shape HEARTBEAT = Shape.object(
            Shape.required("client_now", Shape.time()),
            Shape.required("binary_checksum", Shape.text()),
            Shape.required("binary_version", Shape.text()),
            Shape.required(
                    "nat_summary",
                    Shape.object(Shape.optional("endpoint", Shape.text()), Shape.optional("nat_type", Shape.text()))));

    static final Shape CAPABILITIES = Shape.object(
            Shape.required("binary_version", Shape.text()),
            Shape.required("binary_checksum", Shape.text()),
            Shape.optional("ssh_host_key_fingerprint", Shape.text()),
            Shape.optional("declared_hooks", Shape.list(Shape.any())),
            Shape.optional("plexd_hooks", Shape.list(Shape.any())));

    static final Shape DECLARED_HOOK =
            Shape.object(Shape.required("name", Shape.name()), Shape.required("checksum", Shape.base64(32)));

    static final Shape PLEXD_HOOK = Shape.object(
            Shape.required("name", Shape.name()),
            Shape.required(
                    "image_digest",
                    Shape.matching("a digest such as sha256:…", Pattern.compile("sha256:[0-9a-f]{64}"))),
            Shape.required("parameters", Shape.map(Shape.any())),
            Shape.optional("timeout_seconds", Shape.integer(1)),
            Shape.optional("sandbox", Shape.bool()));

    static final Shape ENDPOINT = Shape.object(
            Shape.required("endpoint", Shape.name()),
            Shape.required("nat_type", Shape.matching("a type of address translation", NAT)),
            Shape.required("reported_at", Shape.time()));

    static final Shape KEY_ROTATE = Shape.object(Shape.required("new_public_key", Shape.text()));

    static final Shape REPORT =
            Shape.object(Shape.required("value", Shape.text()), Shape.optional("workload_tag", Shape.text()));

    static final Shape EXECUTION = Shape.object(
            Shape.required("status", Shape.oneOf("ack", "started", "succeeded", "failed", "cancelled")),
            Shape.optional("exit_code", Shape.integer()),
            Shape.optional("error", Shape.text()),
            Shape.optional("declared_output_bytes", Shape.integer(0)),
            Shape.optional(
                    "output",
                    Shape.object(
                            Shape.optional("inline", Shape.text()),
                            Shape.optional("object_key", Shape.name()),
                            Shape.optional("sha256", Shape.name()))));

    static final Shape VIOLATIONS = Shape.object(Shape.required(
            "violations",
            Shape.list(Shape.object(
                    Shape.required("kind", Shape.oneOf("binary_checksum", "hook_checksum", "ssh_host_key")),
                    Shape.required("detected_by", Shape.oneOf("startup_scan", "inotify", "pre_dispatch")),
                    Shape.required("artifact_id", Shape.name()),
                    Shape.optional("observed_checksum", Shape.base64(32)),
                    Shape.optional("expected_checksum", Shape.base64(32)),
                    Shape.optional("observed_fingerprint", Shape.name()),
                    Shape.optional("expected_fingerprint", Shape.name())))));

    static final Shape METRICS = Shape.nonEmptyList(Shape.object(
            Shape.required("group", Shape.oneOf("node_resources", "tunnel_health", "peer_latency", "agent_stats")),
            Shape.required("name", Shape.name()),
            Shape.required("value", Shape.number()),
            Shape.optional("labels", Shape.map(Shape.text())),
            Shape.required("timestamp", Shape.time())));

    static final Shape LOG = Shape.object(
            Shape.required(
                    "severity", Shape.oneOf("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")),
            Shape.optional("unit", Shape.name()),
            Shape.optional("hostname", Shape.name()),
            Shape.required("message", Shape.name()),
            Shape.required("timestamp", Shape.time()));

    static final Shape AUDIT = Shape.object(
            Shape.required("source", Shape.oneOf("auditd", "k8s")),
            Shape.required("action", Shape.name()),
            Shape.required("outcome", Shape.oneOf("success", "failure")),
            Shape.required("timestamp", Shape.time()));

    private static final Shape ENTRIES = Shape.list(Shape.object(
            Shape.required("key", Shape.name()),
            Shape.required("value", Shape.text()),
            Shape.optional("workload_tag", Shape.text())));

    private static final Shape BLOCK = Shape.orNull(Shape.object(
            Shape.optional("metadata", ENTRIES), Shape.optional("data", ENTRIES), Shape.optional("reports", ENTRIES)));

    /** {@code /test/configure-state}: the eight blocks and no other. */
    static final Shape STATE = Shape.object(
            Shape.optional("peers", Shape.list(Shape.map(Shape.any()))),
            Shape.optional("reachability", Shape.orNull(Shape.map(Shape.any()))),
            Shape.optional("policy", Shape.orNull(Shape.map(Shape.any()))),
            Shape.optional("bridge", Shape.orNull(Shape.map(Shape.any()))),
            Shape.optional("state", BLOCK),
            Shape.optional("reports", BLOCK),
            Shape.optional(
                    "executions",
                    Shape.list(Shape.object(
                            Shape.required("execution_id", Shape.name()),
                            Shape.required("action", Shape.name()),
                            Shape.required("type", Shape.oneOf("builtin", "hook")),
                            Shape.optional("parameters", Shape.any()),
                            Shape.optional("status", Shape.oneOf("pending", "ack", "started")),
                            Shape.required("requested_at", Shape.time()),
                            Shape.required("expires_at", Shape.time())))),
            Shape.optional("sessions", Shape.list(Shape.map(Shape.any()))));

    /** {@code /test/inject-event}. */
    static final Shape EVENT = Shape.object(
            Shape.required("id", Shape.name()),
            Shape.required("type", Shape.name()),
            Shape.optional("scope", Shape.text()),
            Shape.optional("key_id", Shape.text()),
            Shape.optional("issued_at", Shape.time()),
            Shape.optional("payload", Shape.any()),
            Shape.optional("signature", Shape.text()));

    private PlatformShapes() {}
}
