package io.nodeplane.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import com.plexsphere.plexd.v1alpha1.PlexdNodeStateSpec;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the generated types keep of an object on its way from and to JSON. */
final class ModelJsonTest {
    private static final String STATE = """
            {"apiVersion":"plexd.plexsphere.com/v1alpha1","kind":"PlexdNodeState","metadata":{"name":"node-n1"},
            "spec":{"nodeId":"n1","data":[{"key":"app","payload":%s,"updatedAt":"%s"}]}}""";

    private final KubernetesSerialization json = ModelJson.serialization();

    @ParameterizedTest
    @ValueSource(
            strings = {"true", "7", "9007199254740993", "1.5", "\"text\"", "\"\"", "[1,[\"a\"]]", "{\"a\":{\"b\":[]}}"})
    void keepsAnyJsonValueAsPayload(String payload) {
        var state = read(payload, "2026-02-20T12:00:00Z");

        var written = json.convertValue(state, JsonNode.class).at("/spec/data/0/payload");

        assertEquals(payload, json.asJson(written));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-20T12:00:00Z,           2026-02-20T12:00:00Z",
        "2026-02-20T12:00:00.1Z,         2026-02-20T12:00:00.1Z",
        "2026-02-20T12:00:00.120000Z,    2026-02-20T12:00:00.12Z",
        "2026-02-20T12:00:00.123456789Z, 2026-02-20T12:00:00.123456789Z",
        "2026-02-20T14:00:00.5+02:00,    2026-02-20T12:00:00.5Z"
    })
    void keepsTimesToTheNanosecond(String time, Instant instant) {
        var state = read("1", time);

        var again = read(
                "1",
                json.convertValue(state, JsonNode.class)
                        .at("/spec/data/0/updatedAt")
                        .asText());

        assertEquals(
                instant, state.getSpec().getData().getFirst().getUpdatedAt().toInstant());
        assertEquals(
                instant, again.getSpec().getData().getFirst().getUpdatedAt().toInstant());
    }

    @Test
    void readsObjectsOfANewerSchema() {
        var hook = json.unmarshal("""
                {"apiVersion":"plexd.plexsphere.com/v1alpha1","kind":"PlexdHook","metadata":{"name":"h","newer":1},"newer":[],
                "spec":{"hookName":"disk-check","newer":{"a":1},"parameters":[{"name":"a","value":"","newer":true}]},
                "status":{"phase":"Cancelled","jobName":"j"}}""", PlexdHook.class);

        assertEquals("disk-check", hook.getSpec().getHookName());
        assertEquals("", hook.getSpec().getParameters().getFirst().getValue());
        assertEquals("j", hook.getStatus().getJobName());
        assertNull(hook.getStatus().getPhase());
    }

    @Test
    void knowsOurKindsWithoutBeingToldTheClass() {
        Object state = json.unmarshal(STATE.formatted("1", "2026-02-20T12:00:00Z"));

        assertInstanceOf(PlexdNodeState.class, state);
    }

    @Test
    void knowsTheServersWordForAnExpiredWatch() {
        Object expired = json.unmarshal(
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}");

        assertEquals(410, assertInstanceOf(Status.class, expired).getCode());
    }

    @Test
    void writesNothingThatWasNotSet() {
        var state = new PlexdNodeState();
        state.setSpec(new PlexdNodeStateSpec());

        assertEquals(
                "{\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\",\"kind\":\"PlexdNodeState\",\"metadata\":{},\"spec\":{}}",
                json.asJson(state));
    }

    private PlexdNodeState read(String payload, String time) {
        return json.unmarshal(STATE.formatted(payload, time), PlexdNodeState.class);
    }
}
