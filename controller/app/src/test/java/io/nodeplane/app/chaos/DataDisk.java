package io.nodeplane.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small file system of its own for a data directory, which can be full or read-only. Needs the right to mount. */
final class DataDisk implements AutoCloseable {
    /** What the disk takes. */
    enum State {
        /** Everything. */
        FINE,
        /** Nothing more, but it deletes. */
        FULL,
        /** No change at all. */
        READ_ONLY
    }

    /** Enough for what a node writes in a minute, and quickly filled. */
    private static final String SIZE = "16m";

    /** A remount is refused while a file is being written. */
    private static final int REMOUNT_TRIES = 10;

    private final Path mount;
    private final Path ballast;

    /** A campaign that is stopped leaves no mount. */
    private final Thread unmounting;

    private DataDisk(Path mount) {
        this.mount = mount;
        this.unmounting = Thread.ofPlatform().name("chaos-unmount").unstarted(this::unmount);
        this.ballast = mount.resolve(".ballast");
    }

    /** Mounts one on a directory, which is made. */
    static DataDisk on(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        if (!run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + SIZE, "chaos", directory.toString())) {
            throw new IOException("cannot mount on " + directory);
        }
        var mounted = new DataDisk(directory);
        Runtime.getRuntime().addShutdownHook(mounted.unmounting);
        return mounted;
    }

    /** Whether this process may mount. */
    static boolean isPossible(Path scratch) throws IOException, InterruptedException {
        try (var _ = on(scratch)) {
            return true;
        } catch (IOException forbidden) {
            return false;
        }
    }

    /** Whether the disk is in the state now. */
    boolean become(State state) throws IOException, InterruptedException {
        return switch (state) {
            case FINE -> {
                var isWritable = remount("rw");
                Files.deleteIfExists(ballast);
                yield isWritable;
            }
            case FULL -> remount("rw") && fill();
            case READ_ONLY -> remount("ro");
        };
    }

    private boolean fill() {
        for (var block = 1 << 16; block >= 1; block /= 16) {
            try (var out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(new byte[block]);
                }
            } catch (IOException full) {
                // The next smaller block may still fit.
            }
        }
        return true;
    }

    private boolean remount(String option) throws IOException, InterruptedException {
        for (var i = 0; i < REMOUNT_TRIES; i++) {
            if (run("mount", "-o", "remount," + option, mount.toString())) {
                return true;
            }
            Thread.sleep(5);
        }
        return false;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(unmounting);
        unmount();
    }

    private void unmount() {
        try {
            run("umount", "--lazy", mount.toString());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 && said.isEmpty();
    }
}
