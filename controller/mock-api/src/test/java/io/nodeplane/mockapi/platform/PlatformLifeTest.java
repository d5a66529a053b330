package io.nodeplane.mockapi.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.http.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What has a life of its own: keys, executions, events. */
final class PlatformLifeTest extends PlatformCalls {
    /** SHA-256 of {@code abc}. SOURCE: FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String EXECUTION = """
        {"executions": [{"execution_id": "e-1", "action": "system.info", "type": "builtin",
          "requested_at": "2000-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z"}]}
        """;

    private static final String OTHER_KEY = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

    @Test
    void rotatesAKeyOncePerWish() {
        register("edge-1", TOKEN, Registering.PROJECT, NONCE, KEY);
        assertEquals(
                "keys_rotate_no_pending_rotation",
                rotate(OTHER_KEY).path("code").asText());

        control.heartbeatAnswer(false, true);
        assertEquals(
                "keys_rotate_public_key_unchanged", rotate(KEY).path("code").asText());
        assertEquals(
                "keys_rotate_public_key_invalid", rotate("AAAA").path("code").asText());
        assertEquals("e2e-rotation-0001", rotate(OTHER_KEY).path("rotation_id").asText());
        assertEquals("e2e-rotation-0001", rotate(OTHER_KEY).path("rotation_id").asText(), "the receipt again");
        assertFalse(control.owesMeshKey(ID));
        assertEquals(Optional.of(OTHER_KEY), control.meshKey(ID));
    }

    @Test
    void takesOneMoreExecutionAndKeepsTheOthers() {
        var execution = """
            {"execution_id": "e-%d", "action": "system.info", "type": "builtin", "parameters": null,
             "requested_at": "2000-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z"}""";
        control.execution(execution.formatted(1));
        callback("ack", "");

        control.execution(execution.formatted(2));

        assertEquals("[e-1 ack, e-2 pending]", executions());
    }

    @Test
    void servesExecutionsUntilTheyAreOver() {
        control.state("""
            {"executions": [{"execution_id": "e-1", "action": "system.info", "type": "builtin", "parameters": null,
              "requested_at": "2000-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z"},
             {"execution_id": "e-2", "action": "x", "type": "hook",
              "requested_at": "1970-01-01T00:00:00Z", "expires_at": "1970-01-01T00:00:01Z"}]}
            """);
        assertEquals("[e-1 pending]", executions());

        assertEquals(
                "invalid_state_transition", callback("started", "").path("code").asText());
        callback("ack", "");
        assertEquals("[e-1 ack]", executions());
        assertEquals(
                "invalid_state_transition", callback("ack", "").path("code").asText());
        callback("started", "");
        var url = callback("started", ",\"declared_output_bytes\":3")
                .path("output_upload_url")
                .asText();
        assertEquals("http://mock:8080/exec-output/e-1?token=exec-upload-0001", url);
        var place = url.substring("http://mock:8080".length());
        assertEquals(400, call("PUT", place, "abc").status(), "the bearer must not come along");
        assertEquals(413, call("PUT", place, "abcd", "authorization:").status());
        assertEquals(200, call("PUT", place, "abc", "authorization:").status());
        assertEquals(409, call("PUT", place, "abc", "authorization:").status());
        for (var wrong : List.of(
                "\"object_key\":\"exec-output/e-2\",\"sha256\":\"" + ABC + "\"",
                "\"object_key\":\"exec-output/e-1\",\"sha256\":\"" + "0".repeat(64) + "\"",
                "\"object_key\":\"exec-output/e-1\",\"sha256\":\"" + ABC + "\",\"inline\":\"YWJj\"")) {
            assertEquals(
                    "malformed_execution_callback",
                    callback("succeeded", ",\"output\":{" + wrong + "}")
                            .path("code")
                            .asText());
        }
        callback(
                "succeeded",
                ",\"exit_code\":0,\"output\":{\"object_key\":\"exec-output/e-1\",\"sha256\":\"" + ABC + "\"}");
        assertEquals("[]", executions());
        assertEquals(
                "abc",
                shared.captures().last("execution_output").orElseThrow().body().text());
        assertEquals(
                "execution_already_terminal",
                callback("failed", "").path("code").asText());
    }

    @Test
    void keepsTheExecutionsOfOneNodeFromTheOthers() {
        var other = "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a4";
        control.executions(other, EXECUTION);

        assertEquals("[]", executions());
        assertEquals("nsk_node_mismatch", callback("ack", "").path("code").asText());

        assertEquals(
                204,
                call("POST", "/test/configure-executions?node=" + ID, EXECUTION).status());
        assertEquals("[e-1 pending]", executions());
        assertEquals(400, call("POST", "/test/configure-executions", EXECUTION).status());
    }

    @Test
    void replaysEventsBehindACursor() throws Exception {
        for (int i = 1; i <= 70; i++) {
            control.inject("{\"id\":\"id-" + i + "\",\"type\":\"policy_updated\"}");
        }

        assertEquals("", stream("last-event-id: 70"));
        assertTrue(stream("last-event-id: 69").startsWith("id: 70\nevent: policy_updated\ndata: {\"id\":\"id-70\""));
        assertEquals(64, stream("last-event-id: 0").split("\n\n", -1).length - 1, "the ring holds no more");
        assertEquals("", stream("x: y"), "without a cursor a stream begins now");
        for (var wrong : List.of("evt-mock-001", "-1", "71", "9".repeat(30))) {
            assertEquals(
                    "invalid_cursor",
                    json(reply("GET", NODE + "events", "", "last-event-id: " + wrong))
                            .path("code")
                            .asText());
        }
        assertEquals(8, shared.counters().count("events_request"));
    }

    @Test
    void offersNoEventsWhenDescoped() {
        control.descopeEvents(true);

        var answer = call("GET", NODE + "events", "");

        assertEquals(501, answer.status());
        assertEquals(
                "signed_event_bus_not_provisioned", json(answer).path("code").asText());
    }

    private JsonNode rotate(String key) {
        return json(call("POST", "/v1/keys/rotate", "{\"new_public_key\":\"" + key + "\"}"));
    }

    private JsonNode callback(String status, String more) {
        var body = "{\"status\":\"" + status + "\"" + more + "}";
        return json(call("POST", NODE + "executions/e-1", body, "host: mock:8080"));
    }

    private String executions() {
        var list = json(call("GET", NODE + "state", "")).path("executions");
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .map(i -> list.get(i).path("execution_id").asText() + " "
                        + list.get(i).path("status").asText())
                .toList()
                .toString();
    }

    /** The first bytes of a stream; it is ended as soon as it waits. */
    private String stream(String header) throws Exception {
        var answer = assertInstanceOf(Answer.Stream.class, answer("GET", NODE + "events", "", header));
        var out = new ByteArrayOutputStream();
        Thread.currentThread().interrupt();
        try {
            answer.source().writeTo(out);
        } catch (InterruptedException waiting) {
            return out.toString(StandardCharsets.UTF_8);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
