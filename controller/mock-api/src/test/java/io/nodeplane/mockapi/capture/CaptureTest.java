package io.nodeplane.mockapi.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.SettableClock;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CaptureTest {
    private final SettableClock clock = new SettableClock();

    private static Request request(String body) {
        return new Request(
                "POST",
                "/v1/nodes/n/metrics",
                Map.of(),
                Map.of("authorization", "Bearer secret", "cookie", "secret", "user-agent", "plexd/1"),
                Body.of(body),
                false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void credentialsAreNotKept() {
        var captures = new Captures(clock, 1000);
        captures.keep("metrics", "n", request("[]"));

        var kept = captures.last("metrics").orElseThrow();

        assertEquals(Map.of("user-agent", "plexd/1"), kept.headers());
        assertTrue(!kept.tree().toString().contains("secret"), kept.tree().toString());
    }

    @Test
    void theNewestRequestsOfAllEndpointsComeInTheirOrder() {
        var captures = new Captures(clock, 100_000);
        for (var endpoint : List.of("metrics", "logs", "metrics", "audit", "logs")) {
            captures.keep(endpoint, "n", request("[]"));
        }

        var newer = captures.recent(1, 3);

        assertEquals(
                List.of("metrics", "audit", "logs"),
                newer.requests().stream().map(CapturedRequest::endpoint).toList());
        assertEquals(5, newer.last());
        assertEquals(List.of(), captures.recent(5, 3).requests());
        assertEquals(
                List.of(5L, 2L),
                captures.newest("logs", 9).stream()
                        .map(CapturedRequest::sequence)
                        .toList());
        assertEquals(List.of(), captures.newest("unknown", 9));
    }

    @Test
    void aTailBeginsAfterWhatWasRead() throws IOException {
        var records = new Records(clock, 100_000);
        records.add("logs", "n", bytes("[{\"n\":1},{\"n\":2},{\"n\":3},{\"n\":4}]"));

        var tail = records.after("logs", 1, 2);

        assertEquals(
                List.of("{\"n\":3}", "{\"n\":4}"),
                tail.records().stream().map(Received::text).toList());
        assertEquals(4, tail.total());
        assertEquals(List.of(), records.after("logs", 4, 2).records());
        assertEquals(List.of(), records.after("logs", 99, 2).records());
        assertEquals(new RecordTail(List.of(), 0), records.after("audit", 0, 2));
    }

    @Test
    void theWindowDropsTheOldestAndCountsThem() {
        var captures = new Captures(clock, 3 * 600);
        for (int i = 1; i <= 5; i++) {
            captures.keep("logs", "n", request("[" + i + "]"));
        }

        var page = captures.since("logs", 0);

        assertEquals(
                List.of(3L, 4L, 5L),
                page.requests().stream().map(CapturedRequest::sequence).toList());
        assertEquals(2, page.lost());
        assertEquals(List.of(), captures.since("logs", 5).requests());
    }

    @Test
    void theNewestRequestStaysWhateverItsSize() {
        var captures = new Captures(clock, 1);
        captures.keep("audit", "n", request("x".repeat(5000)));

        assertEquals(5000, captures.last("audit").orElseThrow().body().size());
    }

    @Test
    void aBodyThatIsNoJsonIsShownAsText() {
        var captures = new Captures(clock, 1000);
        captures.keep("drift", "n", request("{broken"));

        assertEquals(
                "{broken",
                captures.last("drift").orElseThrow().tree().get("body").asText());
    }

    @Test
    void recordsAreCountedBeyondTheWindow() throws IOException {
        var records = new Records(clock, 200);
        for (int i = 0; i < 100; i++) {
            records.add("audit", "n", bytes("[{\"a\": " + i + "},{\"b\":\"" + i + "\"}]"));
        }

        var report = records.report("audit", "");

        assertEquals(200, report.total());
        assertEquals(0, report.repeated());
        assertEquals(200, report.lost() + report.matching().size());
        assertEquals("{\"b\":\"99\"}", report.matching().getLast().text());
        assertEquals(1, records.report("audit", "\"b\":\"99\"").matching().size());
    }

    @Test
    void recordsThatCameTwiceAreCounted() throws IOException {
        var records = new Records(clock, 1000);
        records.add("logs", "n", bytes("[{\"m\":1},{\"m\":2}]"));
        records.add("logs", "n", bytes("[{\"m\":2},{\"m\":3},{\"m\":2}]"));
        records.add("metrics", "n", bytes("[{\"m\":1}]"));

        assertEquals(2, records.report("logs", "").repeated());
        assertEquals(0, records.report("metrics", "").repeated());
    }

    @Test
    void duplicatesAreFoundAmongManyRecords() {
        var hashes = new RecentHashes();
        int repeated = 0;
        for (int i = 0; i < 300_000; i++) {
            repeated += hashes.isRepeated(bytes("record " + i)) ? 1 : 0;
        }
        for (int i = 100_000; i < 300_000; i++) {
            repeated += hashes.isRepeated(bytes("record " + i)) ? 1 : 0;
        }

        assertEquals(200_000, repeated);
    }

    @Test
    void aBatchMustBeAnArrayOfObjects() {
        var records = new Records(clock, 1000);

        for (var wrong : List.of("", "{}", "[1]", "[{}", "[{},2]")) {
            assertThrows(IOException.class, () -> records.add("logs", "n", bytes(wrong)), wrong);
        }
    }

    @Test
    void aTallyKnowsWhatIsMissingAndWhatCameTwice() throws IOException {
        var records = new Records(clock, 1);
        records.tallies().put("t", new Tally("audit", Pattern.compile("probe-(\\d+)")));
        for (int i : new int[] {3, 4, 6, 6, 7, 9}) {
            records.add("audit", "n", bytes("[{\"object\":\"probe-" + i + "\"},{\"object\":\"other\"}]"));
            records.add("logs", "n", bytes("[{\"object\":\"probe-5\"}]"));
        }

        var report = Objects.requireNonNull(records.tallies().get("t")).report();

        assertEquals(new Tally.Report(6, 5, 3, 9, 2, 5), report);
    }

    @Test
    void aTallyNeedsAGroup() {
        assertThrows(IllegalArgumentException.class, () -> new Tally("audit", Pattern.compile("probe")));
        assertEquals(new Tally.Report(0, 0, -1, -1, 0, -1), new Tally("audit", Pattern.compile("(\\d+)")).report());
    }

    @Test
    void countersHaveAllNamesAndNoOthers() {
        var counters = new Counters();
        counters.raise("heartbeat");

        assertEquals(24, counters.all().size());
        assertEquals(1L, counters.all().get("heartbeat_count"));
        assertThrows(IllegalArgumentException.class, () -> counters.raise("hartbeat"));
    }

    @Test
    void waitingEndsWithTheCountOrTheTime() throws InterruptedException {
        var counters = new Counters();
        counters.raise("drift");

        assertTrue(counters.await("drift", 1, Duration.ZERO));
        assertTrue(!counters.await("drift", 2, Duration.ofMillis(1)));
    }
}
