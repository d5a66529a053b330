package io.nodeplane.plexd.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.runtime.retry.Backoff;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outbox against a control plane that follows a script: a failure for each attempt until the script is over. */
@Timeout(30)
class OutboxTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final List<String> rejections = new CopyOnWriteArrayList<>();
    private final Queue<ApiException> script = new ArrayDeque<>();
    private Instant now = NOON;
    private volatile boolean away;

    @Test
    void deliversInOrderAndKeepsNothing() throws Exception {
        var outbox = started(10);

        put(outbox, "a", "b", "c");

        assertTrue(outbox.awaitEmpty(SOON));
        outbox.close();
        assertEquals(List.of("a", "b", "c"), delivered);
        assertEquals(List.of(), files());
    }

    @Test
    void retriesUntilAccepted() throws Exception {
        script.add(new ApiException.Unreachable("cut", null));
        script.add(new ApiException.ServerFault(503, "busy"));
        script.add(new ApiException.Unauthorized("who"));
        var outbox = started(10);

        put(outbox, "a");

        assertTrue(outbox.awaitEmpty(SOON));
        outbox.close();
        assertEquals(List.of("a", "a", "a", "a"), attempts);
        assertEquals(List.of("a"), delivered);
        assertEquals(List.of("test"), rejections);
    }

    @Test
    void keepsWhatWasNotAcceptedForTheNextProcess() throws Exception {
        away = true;
        var outbox = started(10);
        put(outbox, "a", "b");
        outbox.close();
        assertEquals(2, files().size());

        away = false;
        var next = started(10);
        assertTrue(next.awaitEmpty(SOON));
        put(next, "c");
        assertTrue(next.awaitEmpty(SOON));
        next.close();

        assertEquals(List.of("a", "b", "c"), delivered);
        assertEquals(List.of(), files());
    }

    @Test
    void sendsWhatWasPutAtTheLastMoment() throws Exception {
        var outbox = started(10);
        put(outbox, "late");

        outbox.close();

        assertEquals(List.of("late"), delivered);
    }

    @Test
    void dropsWhatIsRefusedForItsContentAndGoesOn() throws Exception {
        script.add(new ApiException.Rejected(422, "no"));
        var outbox = started(10);

        put(outbox, "bad", "good");

        assertTrue(outbox.awaitEmpty(SOON));
        outbox.close();
        assertEquals(List.of("good"), delivered);
    }

    @Test
    void letsOthersPassAnItemThatNobodyWantsToday() throws Exception {
        var outbox = outbox(10);
        put(outbox, "unknown", "good");
        script.add(new ApiException.Rejected(404, "no such execution"));

        outbox.load();
        outbox.start();

        assertTrue(outbox.awaitEmpty(SOON));
        outbox.close();
        assertEquals(List.of("good", "unknown"), delivered);
    }

    @Test
    void givesUpAnItemThatNobodyWantedForADay() throws Exception {
        script.add(new ApiException.Rejected(404, "no such execution"));
        var outbox = outbox(10);
        put(outbox, "unknown");
        now = NOON.plus(Duration.ofHours(25));

        outbox.load();
        outbox.start();

        assertTrue(outbox.awaitEmpty(SOON));
        outbox.close();
        assertEquals(List.of(), delivered);
    }

    @Test
    void isBounded() throws Exception {
        away = true;
        var outbox = started(3);

        put(outbox, "a", "b", "c", "d", "e");
        outbox.close();

        assertEquals(3, files().size());
        assertFalse(outbox.holds("a"));
        assertTrue(outbox.holds("c") && outbox.holds("e"));
    }

    @Test
    void goesOnInMemoryWithoutADisk() throws Exception {
        Files.writeString(directory.resolve("box"), "no directory");
        var outbox = started(10);

        put(outbox, "a", "b");

        assertTrue(outbox.awaitEmpty(SOON));
        outbox.close();
        assertEquals(List.of("a", "b"), delivered);
    }

    @Test
    void dropsAFileThatCannotBeRead() throws Exception {
        away = true;
        var outbox = started(10);
        put(outbox, "a", "b");
        outbox.close();
        Files.writeString(files().getFirst(), "damaged");

        away = false;
        var next = started(10);
        assertTrue(next.awaitEmpty(SOON));
        next.close();

        assertEquals(List.of("b"), delivered);
        assertEquals(List.of(), files());
    }

    @Test
    void isDurableBeforeTheCallerIsToldAndBeforeItIsSent() throws Exception {
        var outbox = started(10);
        var seen = new ArrayList<String>();

        outbox.put(
                "a",
                () -> seen.add(attempts.size() + " attempts, " + quietFiles().size() + " files"));

        assertEquals(List.of("0 attempts, 1 files"), seen);
        outbox.close();
    }

    @Test
    void callsNothingStoredThatARestartWouldForget() throws Exception {
        Files.writeString(directory.resolve("box"), "no directory");
        away = true;
        var outbox = started(10);
        var stored = new CopyOnWriteArrayList<String>();

        outbox.put("a", () -> stored.add("a"));
        assertEquals(List.of(), stored);
        away = false;

        assertTrue(outbox.awaitEmpty(SOON));
        assertEquals(List.of("a"), stored);
        outbox.close();
    }

    @Test
    void callsNothingStoredThatItDropsFromMemory() throws Exception {
        Files.writeString(directory.resolve("box"), "no directory");
        away = true;
        var outbox = started(10);
        var stored = new CopyOnWriteArrayList<String>();
        for (var item : List.of("a", "b", "c", "d", "e", "f")) {
            outbox.put(item, () -> stored.add(item));
        }
        away = false;

        assertTrue(outbox.awaitEmpty(SOON));
        assertEquals(List.of("c", "d", "e", "f"), stored.stream().sorted().toList());
        outbox.close();
    }

    private static void put(Outbox<String> outbox, String... items) {
        for (var item : items) {
            outbox.put(item, () -> {});
        }
    }

    private Outbox<String> started(int items) {
        var outbox = outbox(items);
        outbox.load();
        outbox.start();
        return outbox;
    }

    private Outbox<String> outbox(int items) {
        var tools = new Outbox.Tools(
                () -> now,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 0),
                new Random(1),
                rejections::add,
                new OutboxMetrics(new PrometheusRegistry()),
                () -> {
                    throw new AssertionError("the worker died");
                });
        return new Outbox<>(
                "test",
                directory.resolve("box"),
                new OutboxLimits(items, 1 << 20, Duration.ofDays(1)),
                new TextJson(),
                this::send,
                tools);
    }

    private void send(String item) throws ApiException {
        attempts.add(item);
        if (away) {
            throw new ApiException.Unreachable("away", null);
        }
        var failure = script.poll();
        if (failure != null) {
            throw failure;
        }
        delivered.add(item);
    }

    private List<Path> quietFiles() {
        try {
            return files();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory.resolve("box"))) {
            return files.sorted().toList();
        }
    }

    private static final class TextJson implements ItemJson<String> {
        @Override
        public String key(String item) {
            return item;
        }

        @Override
        public byte[] write(String item) {
            return ("text:" + item).getBytes(UTF_8);
        }

        @Override
        public String read(byte[] bytes) throws IOException {
            var text = new String(bytes, UTF_8);
            if (!text.startsWith("text:")) {
                throw new IOException("damaged");
            }
            return text.substring(5);
        }
    }
}
