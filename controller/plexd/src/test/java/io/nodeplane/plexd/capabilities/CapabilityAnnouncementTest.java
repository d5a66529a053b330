package io.nodeplane.plexd.capabilities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CapabilityAnnouncementTest {
    private static final Capabilities FIRST = capabilities("aa");
    private static final Capabilities SECOND = capabilities("bb");

    private final BlockingQueue<Capabilities> accepted = new LinkedBlockingQueue<>();
    private final Queue<ApiException> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> slept = new ConcurrentLinkedQueue<>();
    private final Queue<String> rejections = new ConcurrentLinkedQueue<>();
    private final CapabilityAnnouncement announcement =
            new CapabilityAnnouncement(this::put, FIRST, rejections::add, slept::add, new Random(1));
    private final Thread loop = Thread.ofVirtual().start(this::run);

    @AfterEach
    void stop() throws InterruptedException {
        loop.interrupt();
        loop.join();
    }

    @Test
    void tellsOnceAndThenOnlyChanges() throws Exception {
        assertEquals(FIRST, accepted.poll(10, TimeUnit.SECONDS));

        announcement.announce(capabilities("aa"));
        announcement.announce(SECOND);

        assertEquals(SECOND, accepted.poll(10, TimeUnit.SECONDS));
        assertEquals(0, accepted.size());
    }

    @Test
    void repeatsUntilAccepted() throws Exception {
        assertEquals(FIRST, accepted.poll(10, TimeUnit.SECONDS));
        failures.addAll(List.of(
                new ApiException.Unreachable("refused", null),
                new ApiException.Unauthorized("who"),
                new ApiException.RateLimited(Duration.ofSeconds(40), "slow down"),
                new ApiException.Rejected(413, "too large")));

        announcement.announce(SECOND);

        assertEquals(SECOND, accepted.poll(10, TimeUnit.SECONDS));
        assertEquals(List.of("capabilities"), List.copyOf(rejections));
        var pauses = List.copyOf(slept);
        assertEquals(4, pauses.size());
        assertTrue(pauses.get(0).compareTo(Duration.ofMillis(1250)) <= 0, "first pause " + pauses.get(0));
        assertEquals(Duration.ofSeconds(40), pauses.get(2));
        assertEquals(CapabilityAnnouncement.REFUSED_PAUSE, pauses.get(3));
    }

    private void put(Capabilities capabilities) throws ApiException {
        var failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        accepted.add(capabilities);
    }

    private void run() {
        try {
            announcement.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Capabilities capabilities(String checksum) {
        return new Capabilities("0.1.0", checksum, List.of(), List.of());
    }
}
