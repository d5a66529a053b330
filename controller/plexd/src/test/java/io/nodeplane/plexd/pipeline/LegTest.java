package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.http.ApiException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegTest {
    private final SettableClock clock = new SettableClock();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Receiver receiver = new Receiver();
    private final Leg<String> leg = new Leg<>(
            "audit",
            new Pipeline.Route<>(BufferFactory.inMemory(100, 1 << 20, new TextJson()), receiver),
            4,
            clock,
            new PipelineMetrics(registry));

    /** Answers as told, then accepts; refuses batches above its own limit with 413. */
    private static final class Receiver implements Outlet<String> {
        private final Queue<ApiException> answers = new ArrayDeque<>();
        private final List<List<String>> accepted = new ArrayList<>();
        private int attempts;
        private int largest = Integer.MAX_VALUE;
        private boolean takesNone;

        @Override
        public Verdict verdict(ApiException failure) {
            return takesNone ? Verdict.NOT_WANTED : Verdict.of(failure);
        }

        @Override
        public void send(List<String> batch) throws ApiException {
            attempts++;
            if (takesNone) {
                throw new ApiException.ServerFault(501, "not provisioned");
            }
            var answer = answers.poll();
            if (answer != null) {
                throw answer;
            }
            if (String.join("", batch).length() > largest) {
                throw new ApiException.Rejected(413, "too large");
            }
            accepted.add(List.copyOf(batch));
        }
    }

    private double counter(String metric, String label, String value) {
        return registry.scrape().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals(metric))
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of("pipeline", "audit", label, value)))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    private void flush(int times) throws InterruptedException {
        for (var tick = 0; tick < times; tick++) {
            var _ = leg.flush();
        }
    }

    @Test
    void sendsNothingWhenThereIsNothing() throws InterruptedException {
        flush(1);

        assertEquals(0, receiver.attempts);
    }

    @Test
    void sendsBatchesOfTheConfiguredSizeInOrder() throws IOException, InterruptedException {
        leg.append(List.of("a", "b", "c", "d", "e"));

        flush(1);

        assertEquals(List.of(List.of("a", "b", "c", "d"), List.of("e")), receiver.accepted);
        assertEquals(5, counter("plexd_pipeline_records", "result", "sent"));
    }

    @Test
    void keepsEverythingWhileTheReceiverIsAway() throws IOException, InterruptedException {
        leg.append(List.of("a", "b"));
        receiver.answers.add(new ApiException.Unreachable("connection refused", null));
        receiver.answers.add(new ApiException.ServerFault(503, "busy"));
        receiver.answers.add(new ApiException.Unauthorized("401"));

        flush(4);

        assertEquals(List.of(List.of("a", "b")), receiver.accepted);
        assertEquals(4, receiver.attempts);
    }

    @Test
    void waitsAsLongAsTheReceiverWishes() throws IOException, InterruptedException {
        leg.append(List.of("a"));
        receiver.answers.add(new ApiException.RateLimited(Duration.ofSeconds(90), "slow down"));

        var notBefore = leg.flush();
        flush(1);
        clock.sleep(Duration.ofSeconds(90));
        flush(1);

        assertEquals(clock.instant(), notBefore);
        assertEquals(2, receiver.attempts);
        assertEquals(List.of(List.of("a")), receiver.accepted);
    }

    @Test
    void halvesABatchThatIsTooLargeAndDropsOnlyTheRecordThatIs() throws IOException, InterruptedException {
        receiver.largest = 3;
        leg.append(List.of("a", "bbbb", "c", "d"));

        flush(1);

        assertEquals(List.of(List.of("a"), List.of("c", "d")), receiver.accepted);
        assertEquals(1, counter("plexd_pipeline_dropped", "reason", "too_large"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void dropsABatchThatIsCalledMalformedAndGoesOn(int status) throws IOException, InterruptedException {
        leg.append(List.of("a", "b", "c", "d", "e"));
        receiver.answers.add(new ApiException.Rejected(status, "malformed"));

        flush(1);

        assertEquals(List.of(List.of("e")), receiver.accepted);
        assertEquals(4, counter("plexd_pipeline_dropped", "reason", "rejected"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 403, 404, 415})
    void keepsWhatWasRefusedForAnotherReasonThanItsBytes(int status) throws IOException, InterruptedException {
        leg.append(List.of("a"));
        receiver.answers.add(new ApiException.Rejected(status, "not here"));

        flush(2);

        assertEquals(List.of(List.of("a")), receiver.accepted);
    }

    @Test
    void dropsAndCountsWhatTheReceiverDoesNotWantAndGoesOnWhenItDoes() throws IOException, InterruptedException {
        receiver.takesNone = true;
        leg.append(List.of("a", "b", "c", "d", "e"));
        flush(1);
        assertEquals(2, receiver.attempts);
        assertEquals(5, counter("plexd_pipeline_dropped", "reason", "not_wanted"));

        receiver.takesNone = false;
        leg.append(List.of("f"));
        flush(1);

        assertEquals(List.of(List.of("f")), receiver.accepted);
    }

    @Test
    void takesAnUnreadableReceiptForAnAcceptance() throws IOException, InterruptedException {
        leg.append(List.of("a"));
        receiver.answers.add(new ApiException.Malformed("no JSON", null));

        flush(2);

        assertEquals(1, receiver.attempts);
    }
}
