package io.nodeplane.mockapi.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Rfc3339;
import io.nodeplane.mockapi.wire.Sha256;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The executions of the configured state, each served until it is over. Thread-safe. SOURCE: facts 8.3 and 10.3, executions.
 */
final class Executions {
    private static final Map<String, Set<String>> EDGES = Map.of(
            "pending", Set.of("ack"),
            "ack", Set.of("started"),
            "started", Set.of("started", "succeeded", "failed", "cancelled"));
    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "cancelled");

    /** One-time token of an upload. */
    private static final String TOKEN = "exec-upload-0001";

    private static final class Entry {
        private final ObjectNode json;
        private final Optional<String> nodeId;
        private String status;
        private @Nullable Long declaredBytes;
        private @Nullable String uploaded;

        Entry(ObjectNode json, Optional<String> nodeId) {
            this.json = json;
            this.nodeId = nodeId;
            this.status = json.path("status").asText("pending");
        }

        boolean isOf(String node) {
            return nodeId.isEmpty() || nodeId.get().equals(node);
        }
    }

    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Executions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Replaces all, or all of one node.
     *
     * @param nodeId whose they are; without it any node may take them
     */
    synchronized void configure(JsonNode list, Optional<String> nodeId) {
        entries.values().removeIf(entry -> nodeId.isEmpty() || entry.nodeId.equals(nodeId));
        list.forEach(each -> add(each, nodeId));
    }

    /** One more. */
    synchronized void add(JsonNode execution, Optional<String> nodeId) {
        entries.put(execution.path("execution_id").asText(), new Entry(((ObjectNode) execution).deepCopy(), nodeId));
    }

    /** Those of a node that are neither over nor expired. */
    synchronized ArrayNode pending(String node) {
        var list = (ArrayNode) Json.tree(new Object[0]);
        for (var entry : entries.values()) {
            if (entry.isOf(node) && !TERMINAL.contains(entry.status) && !isExpired(entry)) {
                list.add(entry.json.deepCopy().put("status", entry.status));
            }
        }
        return list;
    }

    /** All and their statuses, for tests. */
    synchronized Map<String, String> statuses() {
        var statuses = new HashMap<String, String>();
        entries.forEach((id, entry) -> statuses.put(id, entry.status));
        return statuses;
    }

    private boolean isExpired(Entry entry) {
        var text = entry.json.path("expires_at").asText();
        return Rfc3339.matches(text)
                && !clock.instant().isBefore(Rfc3339.parse(text).toInstant());
    }

    /**
     * Takes a callback; the answer names a place for the output when its size was declared.
     *
     * @param base scheme and host that the node called
     */
    synchronized JsonNode callback(String node, String id, JsonNode body, String base) {
        var entry = known(id);
        if (!entry.isOf(node)) {
            throw strange(id);
        }
        var wanted = body.path("status").asText();
        if (TERMINAL.contains(entry.status)) {
            throw Problem.of(409, "execution_already_terminal", "status: is " + entry.status);
        }
        var declares = body.has("declared_output_bytes");
        var repeats = entry.status.equals(wanted);
        if (!EDGES.getOrDefault(entry.status, Set.of()).contains(wanted) || (repeats && !declares)) {
            throw Problem.of(409, "invalid_state_transition", "status: from " + entry.status + " to " + wanted);
        }
        checkStored(entry, id, body.path("output"));
        entry.status = wanted;
        var answer = Json.object().put("status", wanted);
        if (declares) {
            entry.declaredBytes = body.path("declared_output_bytes").longValue();
            answer.put("output_upload_url", base + "/" + key(id) + "?token=" + TOKEN);
        }
        return answer;
    }

    /** What is said to be stored must be what was uploaded. */
    private static void checkStored(Entry entry, String id, JsonNode output) {
        if (!output.has("object_key")) {
            return;
        }
        var isRight = output.path("object_key").asText().equals(key(id))
                && output.path("sha256").asText().equals(entry.uploaded)
                && !output.has("inline");
        if (!isRight) {
            throw Problem.of(
                    400,
                    "malformed_execution_callback",
                    "output: expected key and digest of what was uploaded, got " + output);
        }
    }

    private static String key(String id) {
        return "exec-output/" + id;
    }

    /** Takes an output, once. */
    synchronized void upload(String id, Optional<String> token, byte[] output) {
        var entry = known(id);
        var declared = entry.declaredBytes;
        if (declared == null || !token.equals(Optional.of(TOKEN))) {
            throw Problem.of(403, "upload_token_invalid", "token: not the one that was given");
        }
        if (entry.uploaded != null) {
            throw Problem.of(409, "upload_token_used", "token: used before");
        }
        if (output.length > declared) {
            throw Problem.of(413, "upload_too_large", "body: more than the " + declared + " bytes declared");
        }
        entry.uploaded = HexFormat.of().formatHex(Sha256.of(output));
    }

    private Entry known(String id) {
        var entry = entries.get(id);
        if (entry == null) {
            throw strange(id);
        }
        return entry;
    }

    private static Problem strange(String id) {
        return Problem.of(403, "nsk_node_mismatch", "execution \"" + id + "\" is not of this node");
    }
}
