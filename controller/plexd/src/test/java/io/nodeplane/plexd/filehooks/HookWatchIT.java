package io.nodeplane.plexd.filehooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nodeplane.runtime.lifecycle.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watch over a real directory. */
@Timeout(60)
class HookWatchIT {
    @TempDir
    Path parent;

    private final BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
    private Worker worker = new Worker("none", () -> {}, () -> {});

    @BeforeEach
    void start() {
        var directory = new HookDirectory(parent.resolve("hooks"));
        var watch = new HookWatch(
                directory.path(),
                () -> seen.add(directory.list().hooks().stream()
                        .map(hook -> hook.name() + ":" + hook.checksum().substring(0, 4))
                        .toList()),
                Duration.ofMillis(50));
        worker = new Worker("hook-watch", watch, () -> {
            throw new AssertionError("the watch died");
        });
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void hearsOfADirectoryThatComesOfChangesInItAndOfItsEnd() throws Exception {
        var hooks = Files.createDirectory(parent.resolve("hooks"));
        assertEquals(List.of(), next());

        var file = Files.writeString(hooks.resolve("a.sh"), "one");
        assertEquals(List.of(), next());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        var first = next();
        assertEquals(1, first.size());
        Files.writeString(file, "two");
        assertNotEquals(first, next());
        Files.delete(file);
        assertEquals(List.of(), next());

        remove(hooks);
        assertEquals(List.of(), next());
        Files.createDirectory(hooks);
        assertEquals(List.of(), next());
    }

    private List<String> next() throws InterruptedException {
        var next = seen.poll(10, TimeUnit.SECONDS);
        return next == null ? List.of("nothing was heard") : next;
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
