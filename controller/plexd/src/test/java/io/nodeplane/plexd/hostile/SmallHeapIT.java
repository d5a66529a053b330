package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every hostile input, those over sockets too, in a process with the heap and stack of a node's agent (controller/image,
 * Program): what would end the agent for want of memory ends this process.
 */
class SmallHeapIT {
    @TempDir
    Path directory;

    @Test
    @Timeout(300)
    void outlivesEveryHostileInput() throws Exception {
        var told = directory.resolve("told");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xss256k",
                        "-Xms8m",
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName())
                .redirectOutput(told.toFile())
                .redirectError(directory.resolve("log").toFile())
                .start();
        try {
            assertTrue(process.waitFor(280, TimeUnit.SECONDS), () -> "still busy with " + last(told));
        } finally {
            process.destroyForcibly();
        }

        assertEquals(0, process.exitValue(), () -> "ended at " + last(told));
        var lines = Files.readAllLines(told, UTF_8);
        assertEquals(
                List.of(),
                lines.stream().filter(line -> line.startsWith("wrong")).toList());
        assertEquals(
                Corpus.all().stream().mapToLong(group -> group.rows().size()).sum(),
                lines.stream().filter("as expected"::equals).count());
    }

    private static String last(Path told) {
        try {
            return String.join(" | ", Files.readAllLines(told, UTF_8).reversed().subList(0, 2));
        } catch (java.io.IOException unreadable) {
            return unreadable.toString();
        }
    }
}
