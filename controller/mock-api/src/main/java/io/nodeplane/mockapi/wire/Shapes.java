package io.nodeplane.mockapi.wire;

import static io.nodeplane.mockapi.wire.Shape.any;
import static io.nodeplane.mockapi.wire.Shape.base64;
import static io.nodeplane.mockapi.wire.Shape.bool;
import static io.nodeplane.mockapi.wire.Shape.duration;
import static io.nodeplane.mockapi.wire.Shape.integer;
import static io.nodeplane.mockapi.wire.Shape.list;
import static io.nodeplane.mockapi.wire.Shape.map;
import static io.nodeplane.mockapi.wire.Shape.matching;
import static io.nodeplane.mockapi.wire.Shape.name;
import static io.nodeplane.mockapi.wire.Shape.nonEmptyList;
import static io.nodeplane.mockapi.wire.Shape.object;
import static io.nodeplane.mockapi.wire.Shape.oneOf;
import static io.nodeplane.mockapi.wire.Shape.optional;
import static io.nodeplane.mockapi.wire.Shape.required;
import static io.nodeplane.mockapi.wire.Shape.text;
import static io.nodeplane.mockapi.wire.Shape.time;

import java.util.regex.Pattern;

/** The request bodies of the seed contract. SOURCE: facts 2.3, 3.2, 4.3, 5.1 to 5.5. */
public final class Shapes {
    private static final Pattern TOKEN = Pattern.compile("[\\x20-\\x7E]{1,512}");
    private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-f]{64}");

    private static final Shape CHECKSUM = matching("a lower-case hex SHA-256", SHA256_HEX);
    private static final Shape PARAMETER = object(
            required("name", name()),
            required("type", name()),
            required("required", bool()),
            optional("default", any()),
            optional("description", text()));

    /** {@code PUT capabilities}. */
    public static final Shape CAPABILITIES = object(
            optional("binary", object(required("version", name()), required("checksum", CHECKSUM))),
            required(
                    "builtin_actions",
                    nonEmptyList(object(
                            required("name", name()),
                            required("description", text()),
                            required("parameters", list(PARAMETER))))),
            required(
                    "hooks",
                    list(object(
                            required("name", name()),
                            required("description", text()),
                            required("source", name()),
                            required("checksum", CHECKSUM),
                            required("parameters", list(PARAMETER)),
                            required("timeout", any()),
                            required("sandbox", any())))));

    /** {@code POST register}. */
    public static final Shape REGISTER = object(
            required("token", matching("1 to 512 printable ASCII characters", TOKEN)),
            required("public_key", base64(32)),
            required("hostname", name()),
            optional("metadata", map(text())),
            optional("capabilities", CAPABILITIES));

    /** {@code POST heartbeat}; everything but the time is optional upstream, strict mode wants the four basic members. */
    public static final Shape HEARTBEAT = object(
            required("node_id", name()),
            required("timestamp", time()),
            required("status", oneOf("healthy", "degraded")),
            required("uptime", duration()),
            optional("binary_checksum", CHECKSUM),
            optional(
                    "mesh",
                    object(
                            required("interface", text()),
                            required("peer_count", integer(0)),
                            required("listen_port", integer(0)))),
            optional("nat", object(required("public_endpoint", text()), required("type", name()))),
            optional("bridge", map(any())),
            optional("user_access", map(any())),
            optional("ingress", map(any())),
            optional("site_to_site", map(any())));

    /** {@code PUT endpoint}. */
    public static final Shape ENDPOINT = object(required("public_endpoint", name()), required("nat_type", name()));

    /** {@code POST drift}. */
    public static final Shape DRIFT = object(
            required("timestamp", time()),
            required("corrections", nonEmptyList(object(required("type", driftType()), required("detail", name())))));

    /** {@code POST report}. */
    public static final Shape REPORT = object(
            required(
                    "entries",
                    list(object(
                            required("key", name()),
                            required("content_type", name()),
                            required("payload", any()),
                            required("version", integer(0)),
                            required("updated_at", time())))),
            required("deleted", list(name())));

    /** {@code POST executions/{id}/ack}. */
    public static final Shape ACK = object(
            required("execution_id", name()),
            required("status", oneOf("accepted", "rejected")),
            required("reason", text()));

    /** {@code POST executions/{id}/result}. */
    public static final Shape RESULT = object(
            required("execution_id", name()),
            required("status", oneOf("success", "failed", "timeout", "cancelled", "error")),
            required("exit_code", integer()),
            required("stdout", text()),
            required("stderr", text()),
            required("duration", duration()),
            required("finished_at", time()),
            optional("triggered_by", map(any())));

    /** {@code POST metrics}: the records of the batch. */
    public static final Shape METRICS = nonEmptyList(object(
            required("timestamp", time()),
            required("group", oneOf("system", "tunnel", "latency", "agent")),
            optional("peer_id", text()),
            required("data", map(any()))));

    /** {@code POST logs}: the records of the batch. */
    public static final Shape LOGS = nonEmptyList(object(
            required("timestamp", time()),
            required("source", name()),
            required("unit", text()),
            required("message", text()),
            required("severity", oneOf("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")),
            required("hostname", text())));

    /** {@code POST audit}: the records of the batch. */
    public static final Shape AUDIT = nonEmptyList(object(
            required("timestamp", time()),
            required("source", name()),
            required("event_type", name()),
            required("subject", any()),
            required("object", any()),
            required("action", name()),
            required("result", oneOf("success", "failure")),
            required("hostname", text()),
            optional("raw", text())));

    /** {@code POST tunnels/{id}/ready}. */
    public static final Shape TUNNEL_READY = object(required("listen_addr", name()), required("timestamp", time()));

    /** {@code POST tunnels/{id}/closed}. */
    public static final Shape TUNNEL_CLOSED =
            object(required("reason", text()), required("duration", duration()), required("timestamp", time()));

    /** {@code POST integrity/violations}. */
    public static final Shape VIOLATION = object(
            required("type", oneOf("binary", "hook")),
            required("path", name()),
            required("expected_checksum", CHECKSUM),
            required("actual_checksum", CHECKSUM),
            required("detail", text()),
            required("timestamp", time()));

    /** {@code POST keys/rotate}. */
    public static final Shape KEY_ROTATE = object(required("node_id", name()), required("new_public_key", base64(32)));

    /** {@code /test/state} and {@code /test/configure-state}: the document of {@code GET state}. SOURCE: facts 3.3. */
    public static final Shape STATE = object(
            optional("peers", list(map(any()))),
            optional("policies", list(map(any()))),
            optional(
                    "signing_keys",
                    object(
                            required("current", text()),
                            optional("previous", text()),
                            optional("transition_expires", time()))),
            optional("metadata", map(text())),
            optional("bridge_config", map(any())),
            optional("relay_config", map(any())),
            optional("user_access_config", map(any())),
            optional("ingress_config", map(any())),
            optional("site_to_site_config", map(any())),
            optional(
                    "data",
                    list(object(
                            required("key", name()),
                            required("content_type", text()),
                            required("payload", any()),
                            required("version", integer()),
                            required("updated_at", time())))),
            optional("secret_refs", list(object(required("key", name()), required("version", integer())))));

    /** {@code /test/configure-heartbeat}: the answer to a heartbeat. */
    public static final Shape HEARTBEAT_ANSWER = object(optional("reconcile", bool()), optional("rotate_keys", bool()));

    private Shapes() {}

    private static Shape driftType() {
        return oneOf(
                "peer_added",
                "peer_removed",
                "peer_updated",
                "policy_added",
                "policy_removed",
                "policy_updated",
                "signing_keys_updated",
                "metadata_updated",
                "data_updated",
                "secret_refs_updated");
    }
}
