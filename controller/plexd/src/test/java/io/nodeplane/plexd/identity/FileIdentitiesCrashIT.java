package io.nodeplane.plexd.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process with SIGKILL while it writes identities, many times, and looks at what is left. */
class FileIdentitiesCrashIT {
    private static final int KILLS = 60;
    /** Points of the curve, as a control plane sends them; the second is that of RFC 8032, section 7.1, test 1. */
    private static final List<String> SIGNING_KEYS =
            List.of("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");

    private static final Random RANDOM = new Random(42);

    @TempDir
    Path directory;

    /** Writes generation after generation until it is killed; every file of a set tells its generation. */
    public static final class Writer {
        private Writer() {}

        /** Argument: the data directory. */
        public static void main(String[] arguments) throws IOException {
            var identities = new FileIdentities(Path.of(arguments[0]), Clock.systemUTC());
            System.out.println("writing");
            for (var generation = 0; ; generation++) {
                identities.store(identity(generation), new MeshKey(key(generation)));
                if (generation == 0) {
                    System.out.println("written");
                }
            }
        }
    }

    @Test
    void leavesAWholeIdentityOrNoneAtAnyPointOfAKill() throws IOException, InterruptedException {
        var whole = 0;
        // How long a first set takes differs from machine to machine by far, and with what else the disk does.
        var first = timeOfFirstSet();
        deleteAll();
        for (var kill = 0; kill < KILLS; kill++) {
            killWhileWriting(Duration.ofNanos(RANDOM.nextLong(2 * first.toNanos())));
            whole += check();
            deleteAll();
        }
        // Both outcomes must have been met, else the test looked at one case only.
        assertTrue(whole > 0 && whole < KILLS, whole + " of " + KILLS + " kills left a whole identity");
    }

    private Duration timeOfFirstSet() throws IOException, InterruptedException {
        var process = writer();
        try (var output = output(process)) {
            assertEquals("writing", output.readLine());
            var begun = System.nanoTime();
            assertEquals("written", output.readLine());
            return Duration.ofNanos(System.nanoTime() - begun);
        } finally {
            kill(process);
        }
    }

    private void killWhileWriting(Duration after) throws IOException, InterruptedException {
        var process = writer();
        try (var output = output(process)) {
            assertEquals("writing", output.readLine());
            Thread.sleep(after);
        } finally {
            kill(process);
        }
    }

    private Process writer() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(directory.resolveSibling("writer.err").toFile())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }

    /** 1 when an identity is there; fails when it is a mixture, corrupt, or anything half-written stays. */
    private int check() throws IOException {
        var loaded = new FileIdentities(directory, Clock.systemUTC()).load();
        try (var files = Files.list(directory)) {
            var names = files.map(file -> directory.relativize(file).toString()).toList();
            assertTrue(
                    names.stream().noneMatch(name -> name.contains(".corrupt-") || name.startsWith(".tmp-")),
                    names.toString());
        }
        if (loaded.isEmpty()) {
            return 0;
        }
        var generation = Integer.parseInt(loaded.get().nodeId().value().substring(2));
        assertEquals(identity(generation), loaded.get());
        assertEquals(key(generation), Files.readString(directory.resolve("private_key")));
        return 1;
    }

    private void deleteAll() throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static Identity identity(int generation) {
        return new Identity(
                new NodeId("n-" + generation),
                "10.99.0." + generation % 250,
                new SigningKey(SIGNING_KEYS.get(generation % SIGNING_KEYS.size())),
                new NodeSecretKey(String.format(Locale.ROOT, "secret-%025d", generation)));
    }

    /** Base64 of 32 bytes. */
    private static String key(int generation) {
        return Base64.getEncoder()
                .encodeToString(
                        String.format(Locale.ROOT, "key-%028d", generation).getBytes(StandardCharsets.UTF_8));
    }
}
