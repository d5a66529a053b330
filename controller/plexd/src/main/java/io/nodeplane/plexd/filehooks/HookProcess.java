package io.nodeplane.plexd.filehooks;

import io.nodeplane.plexd.actions.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs one process to its end, or to ours; nothing that it started outlives it. Thread-safe. */
final class HookProcess {
    /** For the rest of the output to arrive once all processes are gone (protocol facts 8.1). */
    private static final Duration DRAIN = Duration.ofMillis(500);

    /** ETXTBSY, errno(3): another child has just inherited the descriptor that wrote the file, and has not yet closed it. */
    private static final String TEXT_FILE_BUSY = "error=26,";

    private static final int START_ATTEMPTS = 20;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(25);

    private final ProcessTree tree;

    HookProcess(ProcessTree tree) {
        this.tree = tree;
    }

    /**
     * The exit code.
     *
     * @param environment all of it
     * @throws IOException when it cannot be started
     */
    int run(Path program, Map<String, String> environment, Streams streams) throws IOException, InterruptedException {
        var process = start(program, environment);
        var executionId = environment.getOrDefault(HookEnvironment.EXECUTION_ID, "");
        var readers = List.of(
                reader("hook-stdout", process.getInputStream(), streams.stdout()),
                reader("hook-stderr", process.getErrorStream(), streams.stderr()));
        try {
            return process.waitFor();
        } finally {
            // Also after a good end: what a hook leaves in the background would hold the pipes and run unwatched.
            tree.kill(process.toHandle(), executionId);
            for (var reader : readers) {
                var _ = reader.join(DRAIN);
            }
        }
    }

    private static Process start(Path program, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(program.toString())
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        for (var attempt = 1; ; attempt++) {
            try {
                return builder.start();
            } catch (IOException failed) {
                if (attempt == START_ATTEMPTS
                        || !String.valueOf(failed.getMessage()).contains(TEXT_FILE_BUSY)) {
                    throw failed;
                }
                Thread.sleep(BUSY_PAUSE);
            }
        }
    }

    private static Thread reader(String name, InputStream from, OutputStream to) {
        return Thread.ofVirtual().name(name).start(() -> {
            try (from) {
                var _ = from.transferTo(to);
            } catch (IOException closed) {
                // The process is gone.
            }
        });
    }
}
