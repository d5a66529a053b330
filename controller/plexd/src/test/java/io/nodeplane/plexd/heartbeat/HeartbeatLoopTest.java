package io.nodeplane.plexd.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.NodeId;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Time is a number here: a heartbeat may take some of it, a sleep passes it, and the script's end stops the loop. */
class HeartbeatLoopTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final List<String> triggers = new ArrayList<>();
    private final List<String> rotations = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private final List<Duration> sentAt = new ArrayList<>();
    private final Queue<Beat> script = new ArrayDeque<>();
    private Duration now = Duration.ofHours(5);

    /** How long one heartbeat takes and what comes of it. */
    private record Beat(Duration takes, Supplier<Object> result) {}

    @Test
    void sendsAtOnceAndThenOnEveryTick() {
        script.add(answers(0, false, false));
        script.add(answers(2, false, false));
        script.add(answers(0, false, false));

        run();

        assertEquals(seconds(0, 30, 60), sentAt);
        assertEquals(List.of(), triggers);
    }

    @Test
    void skipsTicksThatPassWhileAHeartbeatHangs() {
        script.add(answers(0, false, false));
        script.add(answers(100, false, false));
        script.add(answers(0, false, false));

        run();

        assertEquals(seconds(0, 30, 150), sentAt);
    }

    @Test
    void handsEachWishOn() {
        script.add(answers(0, true, false));
        script.add(answers(0, false, true));
        script.add(answers(0, true, true));

        run();

        assertEquals(List.of("heartbeat: reconcile", "heartbeat: reconcile"), triggers);
        assertEquals(List.of("heartbeat: rotate keys", "heartbeat: rotate keys"), rotations);
    }

    @Test
    void goesOnAfterFailuresWithoutExtraRetries() {
        script.add(fails(new ApiException.Unreachable("refused", null)));
        script.add(fails(new ApiException.ServerFault(500, "oops")));
        script.add(fails(new ApiException.Malformed("no JSON", null)));
        script.add(answers(0, false, false));

        run();

        assertEquals(seconds(0, 30, 60, 90), sentAt);
        assertEquals(List.of(), rejections);
    }

    @Test
    void tellsARefusedCredentialEachTime() {
        script.add(fails(new ApiException.Unauthorized("who")));
        script.add(fails(new ApiException.Unauthorized("who")));

        run();

        assertEquals(List.of("heartbeat", "heartbeat"), rejections);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        script.add(fails(new ApiException.RateLimited(Duration.ofSeconds(95), "slow down")));
        script.add(answers(0, false, false));
        script.add(answers(0, false, false));

        run();

        assertEquals(seconds(0, 95, 120), sentAt);
    }

    private void run() {
        var start = now;
        var loop = new HeartbeatLoop(
                heartbeat -> {
                    sentAt.add(now.minus(start));
                    var beat = script.remove();
                    now = now.plus(beat.takes());
                    if (beat.result().get() instanceof ApiException failure) {
                        throw failure;
                    }
                    return (HeartbeatAnswer) beat.result().get();
                },
                HeartbeatLoopTest::heartbeat,
                INTERVAL,
                triggers::add,
                rotations::add,
                rejections::add,
                new HeartbeatMetrics(new PrometheusRegistry()),
                () -> now.toNanos(),
                pause -> {
                    if (script.isEmpty()) {
                        throw new InterruptedException("end of the script");
                    }
                    now = now.plus(pause);
                });
        assertThrows(InterruptedException.class, loop::run);
    }

    private static Heartbeat heartbeat() {
        return new Heartbeat(
                new NodeId("n-1"), Instant.EPOCH, true, Duration.ZERO, "00", new DataPlaneStatus.Unavailable("none"));
    }

    private static Beat answers(int takes, boolean reconcile, boolean rotate) {
        return new Beat(Duration.ofSeconds(takes), () -> new HeartbeatAnswer(reconcile, rotate));
    }

    private static Beat fails(ApiException failure) {
        return new Beat(Duration.ZERO, () -> failure);
    }

    private static List<Duration> seconds(long... seconds) {
        return java.util.Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
