package io.nodeplane.app.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, which can jump; its monotonic clock goes on. By libfaketime, which reads its offset from a file. */
final class WallClock {
    /** Where Debian, Fedora and Alpine put the variant for threads, and the other. */
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketime.so.1"));

    private final Path library;
    private final Path offset;

    private WallClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** A clock that is right; empty where the library is missing. */
    static Optional<WallClock> beside(Path node) throws IOException {
        var library = LIBRARIES.stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            return Optional.empty();
        }
        var clock = new WallClock(library.get(), node.resolve("clock"));
        clock.jump(Duration.ZERO);
        return Optional.of(clock);
    }

    /** From now on, within a second, the clock shows the right time and so much more. */
    void jump(Duration away) throws IOException {
        var staged = Files.writeString(offset.resolveSibling("clock.next"), "%+d".formatted(away.toSeconds()) + "\n");
        Files.move(staged, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Variables of a process that lives by this clock. */
    Map<String, String> variables() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1");
    }
}
