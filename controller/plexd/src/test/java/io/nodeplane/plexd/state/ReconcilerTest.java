package io.nodeplane.plexd.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.DriftReports.Correction;
import io.nodeplane.plexd.state.DriftReports.Drift;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReconcilerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-02-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Correction METADATA = new Correction("metadata_updated", "metadata updated");
    private static final Correction SECRETS = new Correction("secret_refs_updated", "secret refs updated");

    private final ControlPlane server = new ControlPlane();
    private final List<Duration> slept = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();

    @Test
    void appliesEverythingAndReportsDriftInTheFirstCycle() throws Exception {
        server.state = state("a", 1);
        var handler = new Recorder("cache", Set.of(StateCategory.values()));

        assertEquals(INTERVAL, reconciler(handler).cycle());

        assertEquals(List.of(state("a", 1)), handler.handled);
        assertEquals(List.of(List.of(METADATA, SECRETS)), server.reported);
    }

    @Test
    void staysSilentWhileNothingChanges() throws Exception {
        server.state = state("a", 1);
        var handler = new Recorder("cache", Set.of(StateCategory.values()));
        var reconciler = reconciler(handler);

        reconciler.cycle();
        reconciler.cycle();

        assertEquals(1, handler.handled.size());
        assertEquals(1, server.reported.size());
    }

    @Test
    void tellsNobodyOfCorrectionsWhereNobodyWantsToHear() throws Exception {
        server.state = state("a", 1);
        var handler = new Recorder("cache", Set.of(StateCategory.values()));
        var silent = new Reconciler(
                server,
                Optional.empty(),
                List.of(handler),
                INTERVAL,
                rejections::add,
                NOON,
                slept::add,
                new Random(1),
                new StateMetrics(new PrometheusRegistry()));

        assertEquals(INTERVAL, silent.cycle());

        assertEquals(1, handler.handled.size());
        assertEquals(List.of(), server.reported);
    }

    @Test
    void tellsEveryHandlerTheFirstStateThoughNothingIsWanted() throws Exception {
        server.state = NodeState.EMPTY;
        var handler = new Recorder("secrets", Set.of(StateCategory.SECRET_REFS));
        handler.failure = new IOException("not yet");
        var reconciler = reconciler(handler);

        reconciler.cycle();
        handler.failure = null;
        reconciler.cycle();
        reconciler.cycle();

        assertEquals(List.of(NodeState.EMPTY, NodeState.EMPTY), handler.handled, "the failed one and the next");
        assertEquals(List.of(), server.reported);
    }

    @Test
    void callsOnlyHandlersOfChangedParts() throws Exception {
        server.state = state("a", 1);
        var metadata = new Recorder("metadata", Set.of(StateCategory.METADATA));
        var secrets = new Recorder("secrets", Set.of(StateCategory.SECRET_REFS));
        var reconciler = reconciler(metadata, secrets);
        reconciler.cycle();

        server.state = state("a", 2);
        reconciler.cycle();

        assertEquals(1, metadata.handled.size());
        assertEquals(2, secrets.handled.size());
    }

    @Test
    void triesAFailedPartAgainWithoutHoldingUpTheOthers() throws Exception {
        server.state = state("a", 1);
        var broken = new Recorder("metadata", Set.of(StateCategory.METADATA));
        broken.failure = new IOException("disk full");
        var works = new Recorder("secrets", Set.of(StateCategory.SECRET_REFS));
        var reconciler = reconciler(broken, works);

        reconciler.cycle();
        assertFalse(reconciler.healthy());
        reconciler.cycle();
        broken.failure = null;
        reconciler.cycle();
        reconciler.cycle();

        assertEquals(3, broken.handled.size(), "twice in vain, once with success");
        assertEquals(1, works.handled.size());
        assertEquals(List.of(List.of(SECRETS), List.of(METADATA)), server.reported, "told once it was true");
        assertTrue(reconciler.healthy());
    }

    @Test
    void survivesABugInAHandler() throws Exception {
        server.state = state("a", 1);
        var buggy = new Recorder("first", Set.of(StateCategory.METADATA));
        buggy.failure = new IllegalStateException("bug");
        var next = new Recorder("second", Set.of(StateCategory.METADATA));

        reconciler(buggy, next).cycle();

        assertEquals(1, next.handled.size());
    }

    @Test
    void keepsUnreportedDriftForTheNextCycle() throws Exception {
        server.state = state("a", 1);
        server.driftFailure = new ApiException.ServerFault(503, "busy");
        var reconciler = reconciler();
        reconciler.cycle();
        assertEquals(List.of(), server.reported);

        server.driftFailure = null;
        server.state = state("b", 1);
        reconciler.cycle();

        assertEquals(List.of(List.of(METADATA, SECRETS, METADATA)), server.reported);
    }

    @Test
    void dropsDriftThatIsRefused() throws Exception {
        server.state = state("a", 1);
        server.driftFailure = new ApiException.Rejected(413, "too large");
        var reconciler = reconciler();
        reconciler.cycle();

        server.driftFailure = null;
        server.state = state("b", 1);
        reconciler.cycle();

        assertEquals(List.of(List.of(METADATA)), server.reported);
    }

    @Test
    void boundsUnreportedDrift() throws Exception {
        server.driftFailure = new ApiException.ServerFault(503, "busy");
        var reconciler = reconciler();
        for (var round = 0; round < UnreportedDrift.CAPACITY + 10; round++) {
            server.state = state("value " + round, 0);
            reconciler.cycle();
        }
        server.driftFailure = null;
        reconciler.cycle();

        assertEquals(UnreportedDrift.CAPACITY, server.reported.getFirst().size());
    }

    @Test
    void retriesAFailedPullSoonerThanTheInterval() throws Exception {
        server.pullFailure = new ApiException.Unreachable("refused", null);
        var reconciler = reconciler();

        var first = reconciler.cycle();
        for (var round = 0; round < 10; round++) {
            reconciler.cycle();
        }

        assertTrue(first.compareTo(Duration.ofSeconds(2)) < 0, first.toString());
        assertTrue(reconciler.cycle().compareTo(INTERVAL) <= 0);
        assertFalse(reconciler.healthy());
    }

    @Test
    void obeysRetryAfterAndTellsARefusedCredential() throws Exception {
        var reconciler = reconciler();
        server.pullFailure = new ApiException.RateLimited(Duration.ofSeconds(17), "slow down");
        reconciler.cycle();
        server.pullFailure = new ApiException.Unauthorized("who");
        reconciler.cycle();

        assertEquals(List.of(Duration.ofSeconds(17), Duration.ZERO), slept);
        assertEquals(List.of("state"), rejections);
    }

    @Test
    void coalescesTriggersIntoOnePendingCycle() throws Exception {
        var reconciler = reconciler();
        var loop = Thread.ofVirtual().start(() -> runQuietly(reconciler));
        reconciler.awaitFirstPull(Duration.ofSeconds(10));
        server.pulls.acquire();
        server.hold.acquire();
        reconciler.trigger("a");
        server.pulls.acquire();

        // The second cycle stands inside its pull; all of these are one third cycle.
        for (var ask = 0; ask < 5; ask++) {
            reconciler.trigger("again");
        }
        server.hold.release();
        server.pulls.acquire();

        assertFalse(server.pulls.tryAcquire(200, TimeUnit.MILLISECONDS), "no fourth cycle");
        loop.interrupt();
        loop.join();
    }

    private static void runQuietly(Reconciler reconciler) {
        try {
            reconciler.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Reconciler reconciler(StateHandler... handlers) {
        return new Reconciler(
                server,
                Optional.of(server),
                List.of(handlers),
                INTERVAL,
                rejections::add,
                NOON,
                slept::add,
                new Random(1),
                new StateMetrics(new PrometheusRegistry()));
    }

    private static NodeState state(String label, long secretVersion) {
        var refs = secretVersion == 0 ? List.<SecretRef>of() : List.of(new SecretRef("s", secretVersion));
        return new NodeState(List.of(), List.of(), Optional.empty(), Map.of("label", label), List.of(), refs, Map.of());
    }

    /** A control plane in memory whose pulls can be counted and held. */
    private static final class ControlPlane implements NodeStates, DriftReports {
        private final List<List<Correction>> reported = new ArrayList<>();
        private final Semaphore pulls = new Semaphore(0);
        private final Semaphore hold = new Semaphore(1);
        private volatile NodeState state = NodeState.EMPTY;
        private @Nullable ApiException pullFailure;
        private @Nullable ApiException driftFailure;

        @Override
        public NodeState fetch() throws ApiException, InterruptedException {
            pulls.release();
            hold.acquire();
            hold.release();
            if (pullFailure != null) {
                throw pullFailure;
            }
            return state;
        }

        @Override
        public void report(Drift drift) throws ApiException {
            if (driftFailure != null) {
                throw driftFailure;
            }
            reported.add(drift.corrections());
        }
    }

    /** Keeps what it was given and fails on demand. */
    private static final class Recorder implements StateHandler {
        private final String name;
        private final Set<StateCategory> categories;
        private final List<NodeState> handled = new ArrayList<>();
        private @Nullable Exception failure;

        Recorder(String name, Set<StateCategory> categories) {
            this.name = name;
            this.categories = categories;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<StateCategory> categories() {
            return categories;
        }

        @Override
        public void handle(NodeState desired) throws IOException {
            handled.add(desired);
            switch (failure) {
                case null -> {}
                case IOException io -> throw io;
                case RuntimeException bug -> throw bug;
                default -> throw new AssertionError(failure);
            }
        }
    }
}
