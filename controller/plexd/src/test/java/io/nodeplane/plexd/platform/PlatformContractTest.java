package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.audit.AuditRecord;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Progress;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Step;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.heartbeat.HeartbeatAnswer;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.http.Problem;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.logs.LogRecord;
import io.nodeplane.plexd.logs.Severity;
import io.nodeplane.plexd.metrics.MetricRecord;
import io.nodeplane.plexd.pipeline.Verdict;
import io.nodeplane.plexd.rotation.MeshKeyOffers;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.wire.CannedApi;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each port sends and reads. */
class PlatformContractTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.000000120Z");
    private static final String NODE = "/v1/nodes/" + Samples.NODE_ID + "/";
    private static final String CHECKSUM = "ab".repeat(32);

    private final List<Optional<String>> cursors = new ArrayList<>();

    @Test
    void sendsExactlyFourMembersInAHeartbeat() throws Exception {
        var api = new CannedApi("{\"accepted_at\":\"2026-06-01T12:00:01Z\",\"reconcile\":true,\"rotate_keys\":true}");

        var answer = contract(api).send(heartbeat());

        assertEquals(new HeartbeatAnswer(true, true), answer);
        assertEquals("POST " + NODE + "heartbeat", api.lastLine());
        assertEquals(
                "{\"client_now\":\"2026-06-01T12:00:00.000000120Z\",\"binary_checksum\":\"" + CHECKSUM
                        + "\",\"binary_version\":\"0.1.0\",\"nat_summary\":{}}",
                api.lastBody());
        assertFalse(api.last().body().orElseThrow().compressible());
        assertEquals(Bearer.of(Samples.IDENTITY), api.last().credential());
    }

    @Test
    void tellsAVersionAlways() throws Exception {
        var api = new CannedApi("{}");

        new PlatformContract(api, this::open, Samples.IDENTITY, "", Clock.systemUTC()).send(heartbeat());

        assertTrue(api.lastBody().contains("\"binary_version\":\"dev\""), api.lastBody());
    }

    @Test
    void tellsAViolationWithDigestsInBase64() throws Exception {
        var api = new CannedApi("{}");
        var found = new Violation(
                Violation.Kind.HOOK, Violation.Detection.PERIODIC_SCAN, "/hooks/trim", CHECKSUM, CHECKSUM, "", NOON);

        contract(api).report(found);

        assertEquals("POST " + NODE + "integrity-violations", api.lastLine());
        assertEquals(
                "{\"violations\":[{\"kind\":\"hook_checksum\",\"detected_by\":\"startup_scan\",\"artifact_id\":\"/hooks/trim\","
                        + "\"observed_checksum\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\","
                        + "\"expected_checksum\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\"}]}",
                api.lastBody());
    }

    @ParameterizedTest(name = "{0} resumes at {1}")
    @CsvSource({"17, 17", "evt-mock-001, ", "-1, ", "'', ''"})
    void resumesAtADecimalCursorOnly(String kept, String sent) throws Exception {
        contract(new CannedApi("")).open(Optional.of(kept)).close();

        assertEquals(List.of(Optional.ofNullable(sent)), cursors);
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 12, 27})
    void refusesASecretThatIsTooShort(int length) {
        var contract = contract(new CannedApi(new byte[length], Map.of()));

        assertThrows(ApiException.Malformed.class, () -> contract.fetch("s"));
    }

    @ParameterizedTest(name = "version header {0}")
    @ValueSource(strings = {"", "x", "-1", "1.5", "99999999999999999999999"})
    void livesWithASecretWithoutAVersion(String header) throws Exception {
        var api = new CannedApi(new byte[28], Map.of("X-Plexsphere-Secret-Version", List.of(header)));

        assertEquals(0, contract(api).fetch("s").version());
    }

    @Test
    void tellsReportsOneByOneInTheOrderOfTheirKeys() throws Exception {
        var api = new CannedApi("{}");

        contract(api)
                .send(
                        List.of(entry("c", "{\"ok\": true}"), entry("a", "\"caf\\u00e9\"")),
                        List.of("b", "Never/Possible"));

        assertEquals(
                List.of(
                        "PUT " + NODE + "state/reports/a",
                        "DELETE " + NODE + "state/reports/b",
                        "PUT " + NODE + "state/reports/c"),
                api.seen().stream().map(CannedApi::line).toList());
        assertEquals("{\"value\":\"café\"}", CannedApi.body(api.seen().get(0)));
        assertEquals(
                "{\"value\":\"{\\\"ok\\\": true}\"}", CannedApi.body(api.seen().get(2)));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource({"App/health, 3", "1st, 3", "'', 3", "fine, 4097"})
    void refusesAReportThatCanNeverBeTakenBeforeSendingAny(String key, int length) {
        var api = new CannedApi("{}");
        var contract = contract(api);
        var entries = List.of(entry("a", "1"), entry(key, "\"" + "x".repeat(length) + "\""));

        var refused = assertThrows(ApiException.Rejected.class, () -> contract.send(entries, List.of()));

        assertEquals(400, refused.status());
        assertEquals(List.of(), api.seen());
    }

    @Test
    void takesAReportThatIsGoneAlreadyForDeleted() throws Exception {
        var api = new CannedApi("").failing(new ApiException.Rejected(404, "gone", problem("report_not_found")));

        contract(api).send(List.of(), List.of("a", "b"));

        assertEquals(2, api.seen().size());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "422, keys_rotate_public_key_unchanged, TAKEN",
        "409, keys_rotate_no_pending_rotation,  NOT_WANTED",
    })
    void understandsTheAnswersToANewKey(int status, String code, MeshKeyOffers.Answer answer) throws Exception {
        var api = new CannedApi("{}").failing(new ApiException.Rejected(status, code, problem(code)));

        assertEquals(answer, contract(api).offer("a2V5"));
        assertEquals(MeshKeyOffers.Answer.TAKEN, contract(api).offer("a2V5"));
        assertEquals("POST /v1/keys/rotate", api.lastLine());
        assertEquals("{\"new_public_key\":\"a2V5\"}", api.lastBody());
    }

    @Test
    void passesOtherRefusalsOfAKeyOn() {
        var api = new CannedApi("")
                .failing(new ApiException.Rejected(422, "no", problem("keys_rotate_public_key_invalid")));
        var contract = contract(api);

        assertThrows(ApiException.Rejected.class, () -> contract.offer("a2V5"));
    }

    @Test
    void tellsTheStepsOfAnExecution() throws Exception {
        var api = new CannedApi("{\"status\":\"started\",\"output_upload_url\":\"http://x/o?token=t\"}");
        var step = new Step(Progress.STARTED, OptionalInt.of(3), "boom", OptionalLong.of(70_000), Optional.empty());

        assertEquals(Optional.of("http://x/o?token=t"), contract(api).tell("e-1", step));
        assertEquals("POST " + NODE + "executions/e-1", api.lastLine());
        assertEquals(
                "{\"status\":\"started\",\"exit_code\":3,\"error\":\"boom\",\"declared_output_bytes\":70000}",
                api.lastBody());
    }

    @Test
    void carriesOutputInlineOrByItsPlace() throws Exception {
        var api = new CannedApi("{\"status\":\"succeeded\"}");

        assertEquals(Optional.empty(), contract(api).tell("e", ended(new Output.Inline("hi".getBytes(UTF_8)))));
        assertTrue(api.lastBody().endsWith("\"output\":{\"inline\":\"aGk=\"}}"), api.lastBody());
        contract(api).tell("e", ended(new Output.Stored("o/e", "00")));
        assertTrue(api.lastBody().endsWith("\"output\":{\"object_key\":\"o/e\",\"sha256\":\"00\"}}"), api.lastBody());
    }

    @Test
    void flattensMetrics() throws Exception {
        var api = new CannedApi("{}");
        var data = new LinkedHashMap<String, Number>();
        data.put("cpu_usage_percent", 1.5);
        data.put("broken", Double.NaN);
        data.put("memory_used_bytes", 7L);

        contract(api)
                .metrics()
                .send(List.of(
                        new MetricRecord(NOON, "system", data),
                        new MetricRecord(NOON, "unheard_of", Map.of("x", 1)),
                        new MetricRecord(NOON, "agent", Map.of("uptime_seconds", 3))));

        var at = ",\"timestamp\":\"2026-06-01T12:00:00.000000120Z\"}";
        assertEquals(
                "[{\"group\":\"node_resources\",\"name\":\"cpu_usage_percent\",\"value\":1.5" + at
                        + ",{\"group\":\"node_resources\",\"name\":\"memory_used_bytes\",\"value\":7" + at
                        + ",{\"group\":\"agent_stats\",\"name\":\"uptime_seconds\",\"value\":3" + at + "]",
                api.lastBody());
        assertEquals("application/json", api.last().body().orElseThrow().contentType());
        assertEquals(
                Map.of("X-Plexsphere-Sent-At", "2026-06-01T12:00:00.00000012Z"),
                api.last().headers());
        assertTrue(api.last().body().orElseThrow().compressible());
    }

    @Test
    void sendsLogsAsLines() throws Exception {
        var api = new CannedApi("no receipt");

        contract(api)
                .logs()
                .send(List.of(
                        new LogRecord(NOON, "agent", "plexd", "a\nb", Severity.WARNING, "h"),
                        new LogRecord(NOON, "agent", "plexd", "", Severity.INFO, "h"),
                        new LogRecord(NOON, "file", "", "c", Severity.INFO, "")));

        var at = "\"timestamp\":\"2026-06-01T12:00:00.000000120Z\"}";
        assertEquals(
                "{\"severity\":\"warning\",\"unit\":\"plexd\",\"hostname\":\"h\",\"message\":\"a\\nb\"," + at + "\n"
                        + "{\"severity\":\"info\",\"message\":\"c\"," + at,
                api.lastBody());
        assertEquals("application/x-ndjson", api.last().body().orElseThrow().contentType());
    }

    @Test
    void sendsOnlyAuditRecordsThatThePlatformTakes() throws Exception {
        var api = new CannedApi("{}");

        contract(api).audit().send(List.of(audit("process", "start"), audit("k8s-audit", "get")));

        assertEquals(
                "{\"source\":\"k8s\",\"action\":\"get\",\"outcome\":\"success\","
                        + "\"timestamp\":\"2026-06-01T12:00:00.000000120Z\"}",
                api.lastBody());
    }

    @Test
    void sendsNothingWhenNothingIsLeft() throws Exception {
        var api = new CannedApi("{}");
        var contract = contract(api);

        contract.audit().send(List.of(audit("process", "start")));
        contract.metrics().send(List.of(new MetricRecord(NOON, "agent", Map.of("x", Double.NaN))));
        contract.logs().send(List.of(new LogRecord(NOON, "agent", "u", "", Severity.INFO, "h")));

        assertEquals(List.of(), api.seen());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "501, observability_ingest_not_provisioned, NOT_WANTED",
        "501, '',                                   KEEP",
        "503, ingest_buffer_unavailable,            KEEP",
        "400, ingest_batch_malformed,               MALFORMED",
        "400, ingest_sent_at_invalid,               KEEP",
        "415, ingest_encoding_unsupported,          KEEP",
        "413, ingest_body_too_large,                TOO_LARGE",
        "413, ingest_batch_too_many_records,        TOO_LARGE",
        "403, node_id_mismatch,                     KEEP",
    })
    void reactsToRefusedRecordsAsTheContractSays(int status, String code, Verdict verdict) {
        var failure = status >= 500
                ? new ApiException.ServerFault(status, code, problem(code))
                : new ApiException.Rejected(status, code, problem(code));

        assertEquals(verdict, contract(new CannedApi("")).audit().verdict(failure));
    }

    private PlatformContract contract(CannedApi api) {
        return new PlatformContract(api, this::open, Samples.IDENTITY, "0.1.0", Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private ByteArrayInputStream open(List<String> segments, Optional<String> cursor, ApiRequest.Credential bearer) {
        cursors.add(cursor);
        return new ByteArrayInputStream(new byte[0]);
    }

    private static Heartbeat heartbeat() {
        return new Heartbeat(
                Samples.IDENTITY.nodeId(),
                NOON,
                true,
                Duration.ofSeconds(3),
                CHECKSUM,
                new DataPlaneStatus.Unavailable("none"));
    }

    private static Step ended(Output output) {
        return new Step(Progress.SUCCEEDED, OptionalInt.of(0), "", OptionalLong.empty(), Optional.of(output));
    }

    private static DataEntry entry(String key, String json) {
        return new DataEntry(key, "application/json", json, 1, NOON);
    }

    private static AuditRecord audit(String source, String action) {
        return new AuditRecord(NOON, source, action, "{}", "\"x\"", action, "success", "h", "");
    }

    private static Problem problem(String code) {
        return new Problem(code, "", "");
    }
}
