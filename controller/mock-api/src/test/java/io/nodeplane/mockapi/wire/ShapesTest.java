package io.nodeplane.mockapi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ShapesTest {
    private static List<String> faults(Shape shape, String json, boolean strict) {
        var faults = new BodyFaults(strict);
        shape.check(Json.known(json), "", faults);
        return faults.messages();
    }

    static List<Arguments> samples() {
        return List.of(
                Arguments.of("register", Shapes.REGISTER, Samples.REGISTER),
                Arguments.of("heartbeat", Shapes.HEARTBEAT, Samples.HEARTBEAT),
                Arguments.of("capabilities", Shapes.CAPABILITIES, Samples.CAPABILITIES),
                Arguments.of("endpoint", Shapes.ENDPOINT, Samples.ENDPOINT),
                Arguments.of("drift", Shapes.DRIFT, Samples.DRIFT),
                Arguments.of("report", Shapes.REPORT, Samples.REPORT),
                Arguments.of("ack", Shapes.ACK, Samples.ACK),
                Arguments.of("result", Shapes.RESULT, Samples.RESULT),
                Arguments.of("metrics", Shapes.METRICS, Samples.METRICS),
                Arguments.of("logs", Shapes.LOGS, Samples.LOGS),
                Arguments.of("audit", Shapes.AUDIT, Samples.AUDIT),
                Arguments.of("tunnel ready", Shapes.TUNNEL_READY, Samples.TUNNEL_READY),
                Arguments.of("tunnel closed", Shapes.TUNNEL_CLOSED, Samples.TUNNEL_CLOSED),
                Arguments.of("violation", Shapes.VIOLATION, Samples.VIOLATION),
                Arguments.of("key rotate", Shapes.KEY_ROTATE, Samples.KEY_ROTATE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void validBodiesPassStrictly(String name, Shape shape, String json) {
        assertEquals(List.of(), faults(shape, json, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void theBareTypePassesLenientlyAndFailsStrictly(String name, Shape shape, String json) {
        var bare = json.startsWith("[") ? "[]" : "{}";

        assertEquals(List.of(), faults(shape, bare, false));
        assertTrue(!faults(shape, bare, true).isEmpty(), bare);
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(
                        Shapes.REGISTER,
                        "{\"token\":\"t\",\"public_key\":\"AAAA\",\"hostname\":\"\"}",
                        List.of("public_key: expected base64 of 32 bytes", "hostname: expected a non-empty string")),
                Arguments.of(
                        Shapes.REGISTER,
                        Samples.REGISTER.replace("\"hostname\"", "\"host_name\""),
                        List.of("hostname: required", "host_name: unknown member")),
                Arguments.of(
                        Shapes.HEARTBEAT,
                        Samples.HEARTBEAT.replace("2026-02-20T12:00:00Z", "0001-01-01T00:00:00Z"),
                        List.of("timestamp: expected a time after year 1")),
                Arguments.of(
                        Shapes.DRIFT,
                        "{\"timestamp\":\"2026-02-20T12:00:00Z\",\"corrections\":[{\"type\":\"odd\",\"detail\":null}]}",
                        List.of(
                                "corrections[0].type: expected one of [peer_added, peer_removed, peer_updated, "
                                        + "policy_added, policy_removed, policy_updated, signing_keys_updated, "
                                        + "metadata_updated, data_updated, secret_refs_updated]",
                                "corrections[0].detail: expected a string, got null")),
                Arguments.of(
                        Shapes.LOGS,
                        "[" + Samples.LOGS.substring(1, Samples.LOGS.length() - 1) + ",{\"severity\":\"loud\"}]",
                        List.of(
                                "[1].timestamp: required",
                                "[1].source: required",
                                "[1].unit: required",
                                "[1].message: required",
                                "[1].severity: expected one of [emerg, alert, crit, err, warning, notice, info, debug]",
                                "[1].hostname: required")),
                Arguments.of(Shapes.METRICS, "[]", List.of("body: expected an array of at least one element")),
                Arguments.of(Shapes.METRICS, "{}", List.of("body: expected an array")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void strictFaultsNameEachField(Shape shape, String json, List<String> expected) {
        assertEquals(expected, faults(shape, json, true));
    }

    @Test
    void wrongTypesAndTimesFailLenientlyToo() {
        assertEquals(
                List.of("token: expected a string"), faults(Shapes.REGISTER, "{\"token\":1,\"hostname\":null}", false));
        assertEquals(
                List.of("timestamp: expected an RFC 3339 time"),
                faults(Shapes.HEARTBEAT, "{\"timestamp\":\"noon\"}", false));
    }

    @Test
    void manyFaultsAreCountedNotListed() {
        var faults = new BodyFaults(true);
        Shapes.METRICS.check(Json.known("[" + "1,".repeat(99) + "1]"), "", faults);

        assertEquals(100, faults.count());
        assertEquals(20, faults.messages().size());
        assertTrue(faults.text().endsWith("; and 80 more"), faults.text());
    }
}
