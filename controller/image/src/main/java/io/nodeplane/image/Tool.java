package io.nodeplane.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A command of the build host. */
record Tool(String name, String hint) {
    static final Tool DOCKER =
            new Tool("docker", "a running Docker engine is needed to load the images and to train them");
    static final Tool LDD = new Tool(
            "ldd", "the C library of the build host goes into the image; build on Linux with glibc 2.34 or newer");
    static final Tool STRIP = new Tool("strip", "package binutils");

    /**
     * Runs the command to its end.
     *
     * @return standard output and standard error together, without the last line break
     * @throws IllegalStateException if it cannot start or fails, with what it wrote
     */
    String run(String... arguments) {
        var attempt = attempt(arguments);
        if (attempt.code != 0) {
            throw new IllegalStateException(
                    name + " " + String.join(" ", arguments) + ": exit " + attempt.code + ": " + attempt.output);
        }
        return attempt.output;
    }

    /** Runs the command to its end, whatever that is. */
    Attempt attempt(String... arguments) {
        var command = Stream.concat(Stream.of(name), Stream.of(arguments)).toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Attempt(process.waitFor(), output);
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(name + " cannot be run: " + hint, cannotStart);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", interrupted);
        }
    }

    /** How a run ended. */
    record Attempt(int code, String output) {}

    /** Whether the command can be found. */
    boolean present() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> java.nio.file.Files.isExecutable(java.nio.file.Path.of(folder, name)));
    }
}
