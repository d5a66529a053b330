package io.nodeplane.plexd.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the audit log as records (seed "K8sAuditLogReader"). */
class AuditEventsTest {
    private final AuditEvents events = new AuditEvents("node-1");

    private Optional<AuditRecord> read(String line) throws IOException {
        var bytes = ("##" + line + "##").getBytes(UTF_8);
        return events.read(bytes, 2, bytes.length - 4, () -> line);
    }

    @Test
    void readsTheSeedsExample() throws IOException {
        var line = "{\"kind\":\"Event\",\"verb\":\"create\",\"user\":{\"username\":\"admin\"},\"objectRef\":"
                + "{\"resource\":\"pods\",\"namespace\":\"default\",\"name\":\"web-1\"},\"responseStatus\":{\"code\":201},"
                + "\"stageTimestamp\":\"2025-01-15T10:30:01.000000Z\"}";

        var record = read(line);

        assertEquals(
                Optional.of(new AuditRecord(
                        Instant.parse("2025-01-15T10:30:01Z"),
                        "k8s-audit",
                        "create",
                        "{\"username\":\"admin\"}",
                        "\"default/pods/web-1\"",
                        "create",
                        "success",
                        "node-1",
                        line)),
                record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'resource':'nodes','name':'n1'}                       | \"nodes/n1\"",
                "{'resource':'pods','namespace':'a'}                    | \"a/pods\"",
                "{'resource':'pods'}                                    | \"pods\"",
                "{'resource':'pods','name':'q\\\"','subresource':'log'} | \"pods/q\\\"\"",
                "null                                                   | \"/healthz\"",
            })
    void namesTheObject(String objectRef, String expected) throws IOException {
        var line = "{'verb':'get','requestURI':'/healthz','objectRef':" + objectRef
                + ",'stageTimestamp':'2025-01-15T10:30:01Z'}";

        assertEquals(expected, read(line.replace('\'', '"')).orElseThrow().objectJson());
    }

    @ParameterizedTest
    @CsvSource({"200,success", "299,success", "199,failure", "403,failure", "0,failure"})
    void judgesByTheResponseCode(int code, String expected) throws IOException {
        var line = "{\"verb\":\"get\",\"stage\":\"ResponseComplete\",\"responseStatus\":{\"metadata\":{},\"code\":"
                + code + "},\"stageTimestamp\":\"2025-01-15T10:30:01Z\"}";

        assertEquals(expected, read(line).orElseThrow().result());
    }

    @Test
    void callsAMissingStatusAFailure() throws IOException {
        var line = "{\"verb\":\"get\",\"stage\":\"Panic\",\"stageTimestamp\":\"2025-01-15T10:30:01Z\"}";

        assertEquals("failure", read(line).orElseThrow().result());
    }

    @Test
    void givesNoRecordForARequestThatHasNoAnswerYet() throws IOException {
        var line = "{\"verb\":\"get\",\"stage\":\"RequestReceived\",\"stageTimestamp\":\"2025-01-15T10:30:01Z\"}";

        assertEquals(Optional.empty(), read(line));
    }

    @Test
    void fallsBackToTheTimeTheRequestCame() throws IOException {
        var line = "{\"verb\":\"get\",\"requestReceivedTimestamp\":\"2025-01-15T10:30:00.123456Z\"}";

        assertEquals(
                Instant.parse("2025-01-15T10:30:00.123456Z"),
                read(line).orElseThrow().timestamp());
    }

    @Test
    void listsGroupsAndSkipsWhatTheRequestCarried() throws IOException {
        var line = "{\"requestObject\":{\"verb\":\"fake\",\"user\":{\"username\":\"fake\"}},\"verb\":\"update\","
                + "\"user\":{\"username\":\"a\\\"b\",\"uid\":\"1\",\"groups\":[\"x\",\"y\"],\"extra\":{\"k\":[\"v\"]}},"
                + "\"stageTimestamp\":\"2025-01-15T10:30:01Z\",\"responseObject\":{\"verb\":\"fake\"}}";

        var record = read(line).orElseThrow();

        assertEquals("{\"username\":\"a\\\"b\",\"groups\":[\"x\",\"y\"]}", record.subjectJson());
        assertEquals("update", record.action());
    }

    @Test
    void replacesHalfCharactersThatNoJsonCanCarry() throws IOException {
        var record =
                read("{\"verb\":\"get\",\"user\":{\"username\":\"\\ud800\"},\"objectRef\":{\"resource\":\"\\udfff\"},"
                                + "\"stageTimestamp\":\"2025-01-15T10:30:01Z\"}")
                        .orElseThrow();

        assertEquals("{\"username\":\"\ufffd\"}", record.subjectJson());
        assertEquals("\"\ufffd\"", record.objectJson());
    }

    @Test
    void losesNoEventToACodeThatIsNone() throws IOException {
        var record = read("{\"verb\":\"get\",\"responseStatus\":{\"code\":99999999999},"
                        + "\"stageTimestamp\":\"2025-01-15T10:30:01Z\"}")
                .orElseThrow();

        assertEquals("failure", record.result());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "7",
                "{\"verb\":\"get\",\"stageTimestamp\":\"2025-01-15T10:30:01Z\"",
                "{\"verb\":\"get\",\"stageTimestamp\":\"2025-01-15T10:30:01Z\"}{}",
                "{\"verb\":\"get\"}",
                "{\"verb\":\"get\",\"stageTimestamp\":\"yesterday\"}",
                "{\"stageTimestamp\":\"2025-01-15T10:30:01Z\"}",
                "{}"
            })
    void refusesWhatIsNoAuditEvent(String line) {
        assertThrows(IOException.class, () -> read(line));
    }
}
