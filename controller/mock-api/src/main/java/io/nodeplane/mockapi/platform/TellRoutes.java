package io.nodeplane.mockapi.platform;

import static io.nodeplane.mockapi.http.Answer.json;
import static io.nodeplane.mockapi.http.Answer.noContent;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.wire.BodyFaults;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Rfc3339;
import io.nodeplane.mockapi.wire.Shape;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The routes by which a node tells what it is and does: capabilities, endpoint, reports, executions, sessions, integrity. */
final class TellRoutes {
    private static final Pattern REPORT_KEY = Pattern.compile("[a-z][a-z0-9._-]{0,127}");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");
    private static final int KIBI = 1024;
    private static final int MOST_HOOKS = 128;
    private static final int MOST_INLINE = 16 * KIBI;

    private final PlatformDesk desk;
    private final PlatformGate gate;

    TellRoutes(PlatformDesk desk, PlatformGate gate) {
        this.desk = desk;
        this.gate = gate;
    }

    List<Route> all() {
        var node = PlatformRoutes.NODE;
        return List.of(
                new Route("PUT", node + "capabilities", this::capabilities),
                new Route("PUT", node + "endpoint", this::endpoint),
                new Route("PUT", node + "state/reports/{key}", this::putReport),
                new Route("DELETE", node + "state/reports/{key}", this::deleteReport),
                new Route("POST", node + "executions/{eid}", this::execution),
                new Route("PUT", "/exec-output/{eid}", this::upload),
                new Route("POST", node + "sessions/{sid}", this::session),
                new Route("POST", node + "integrity-violations", this::violations));
    }

    private Answer capabilities(Request request, Map<String, String> names) {
        var node = enter(request, names, "capabilities");
        var malformed = "malformed_capabilities_request";
        var body = PlatformGate.decoded(request, PlatformShapes.CAPABILITIES, malformed, 32 * KIBI, malformed);
        if (body.path("binary_version").asText().isEmpty()) {
            throw Problem.of(400, "binary_version_empty", "binary_version: empty");
        }
        if (!fits(body.path("binary_checksum"), Shape.base64(32))) {
            throw Problem.of(400, "binary_checksum_invalid", "binary_checksum: expected base64 of 32 bytes");
        }
        var fingerprint = body.path("ssh_host_key_fingerprint");
        if (!fingerprint.isMissingNode()
                && !FINGERPRINT.matcher(fingerprint.asText()).matches()) {
            throw Problem.of(400, "ssh_host_key_fingerprint_invalid", "ssh_host_key_fingerprint: expected SHA256:…");
        }
        hooks(body.path("declared_hooks"), PlatformShapes.DECLARED_HOOK, "declared_hook", 400);
        hooks(body.path("plexd_hooks"), PlatformShapes.PLEXD_HOOK, "plexd_hook", 422);
        desk.count(node, "capabilities");
        var answer = Json.object().put("accepted_at", time());
        answer.set("fields_changed", Json.tree(List.of()));
        return PlatformRoutes.orNothing(desk.shared().mode(), json(answer.put("host_key_changed", false)));
    }

    private static void hooks(JsonNode hooks, Shape shape, String code, int status) {
        if (hooks.size() > MOST_HOOKS) {
            throw Problem.of(status, code + "s_too_many", "more than " + MOST_HOOKS);
        }
        var seen = new HashSet<String>();
        for (var hook : hooks) {
            if (!fits(hook, shape)) {
                throw Problem.of(status, code + "_invalid", hook.toString());
            }
            if (!seen.add(hook.path("name").asText())) {
                throw Problem.of(status, code + "_duplicate", hook.path("name").asText());
            }
        }
    }

    private static boolean fits(JsonNode value, Shape shape) {
        var faults = new BodyFaults(true);
        shape.check(value, "", faults);
        return faults.count() == 0;
    }

    private Answer endpoint(Request request, Map<String, String> names) {
        var node = enter(request, names, "endpoint");
        PlatformGate.decoded(
                request, PlatformShapes.ENDPOINT, "malformed_endpoint_request", 4 * KIBI, "endpoint_body_too_large");
        desk.count(node, "endpoint");
        var stale = desk.shared().clock().instant().plus(desk.fixture().endpointLife());
        return json(Json.object()
                .put("accepted_at", time())
                .put("stale_after", Rfc3339.format(stale.atOffset(ZoneOffset.UTC))));
    }

    private Answer putReport(Request request, Map<String, String> names) {
        var node = enter(request, names, "report");
        var key = names.getOrDefault("key", "");
        var body = PlatformGate.decoded(request, PlatformShapes.REPORT, "invalid_report");
        var size = body.path("value").asText().getBytes(StandardCharsets.UTF_8).length;
        if (!REPORT_KEY.matcher(key).matches() || size > 4 * KIBI) {
            throw Problem.of(400, "invalid_report", "key: expected " + REPORT_KEY + ", value: at most 4096 bytes");
        }
        reportsOf(node).add(key);
        desk.count(node, "report_put");
        return json(Json.object().put("accepted_at", time()).put("key", key));
    }

    private Answer deleteReport(Request request, Map<String, String> names) {
        var node = enter(request, names, "report");
        if (!reportsOf(node).remove(names.getOrDefault("key", ""))) {
            throw Problem.of(404, "report_not_found", "key: no such report");
        }
        desk.count(node, "report_delete");
        return noContent();
    }

    private Set<String> reportsOf(String node) {
        return desk.reports().computeIfAbsent(node, id -> ConcurrentHashMap.newKeySet());
    }

    private Answer execution(Request request, Map<String, String> names) {
        var node = gate.admitSame(request, names);
        desk.shared().captures().keep("execution_callback", node, request);
        var malformed = "malformed_execution_callback";
        var body = PlatformGate.decoded(request, PlatformShapes.EXECUTION, malformed, 64 * KIBI, malformed);
        if (inlineBytes(body) > MOST_INLINE) {
            throw Problem.of(413, "inline_output_too_large", "output.inline: more than " + MOST_INLINE + " bytes");
        }
        var base = (request.tls() ? "https://" : "http://")
                + request.header("host").orElse("localhost");
        var answer = desk.executions().callback(node, names.getOrDefault("eid", ""), body, base);
        desk.count(node, "execution_callback");
        return json(answer);
    }

    private static int inlineBytes(JsonNode body) {
        try {
            return Base64.getDecoder().decode(body.path("output").path("inline").asText()).length;
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "malformed_execution_callback", "output.inline: not base64");
        }
    }

    /** The one-time token in the URL is the credential: the node's own must not come along. */
    private Answer upload(Request request, Map<String, String> names) {
        if (request.header("authorization").isPresent()) {
            throw Problem.of(400, "", "authorization: must not be sent");
        }
        desk.executions()
                .upload(
                        names.getOrDefault("eid", ""),
                        request.parameter("token"),
                        request.body().bytes());
        desk.shared().captures().keep("execution_output", "", request);
        desk.shared().counters().raise("execution_upload");
        return new Answer.Reply(200, Map.of(), io.nodeplane.mockapi.http.Body.EMPTY);
    }

    private Answer session(Request request, Map<String, String> names) {
        var node = gate.admitSame(request, names);
        desk.shared().captures().keep("session_activity", node, request);
        var body = PlatformGate.decoded(request, Shape.map(Shape.map(Shape.any())), "malformed_session_activity");
        var kinds = body.properties();
        if (kinds.size() != 1
                || !Set.of("ssh", "k8s", "tcp").contains(kinds.iterator().next().getKey())) {
            throw Problem.of(400, "malformed_session_activity", "expected exactly one of ssh, k8s, tcp");
        }
        desk.count(node, "session_activity");
        return noContent();
    }

    private Answer violations(Request request, Map<String, String> names) {
        var node = enter(request, names, "integrity_violations");
        var body = PlatformGate.decoded(
                request,
                PlatformShapes.VIOLATIONS,
                "malformed_integrity_violations_request",
                32 * KIBI,
                "integrity_violations_body_too_large");
        var count = body.path("violations").size();
        if (count == 0 || count > MOST_HOOKS) {
            throw Problem.of(
                    400, "integrity_violations_" + (count == 0 ? "empty" : "too_many"), "violations: " + count);
        }
        desk.count(node, "integrity_violation");
        return json(Json.object().put("accepted_at", time()).put("violation_count", count));
    }

    private String enter(Request request, Map<String, String> names, String captureName) {
        var node = gate.admit(request, names);
        desk.shared().captures().keep(captureName, node, request);
        return node;
    }

    private String time() {
        return Rfc3339.format(desk.shared().clock().instant().atOffset(ZoneOffset.UTC));
    }
}
