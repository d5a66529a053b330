package io.nodeplane.plexd.filehooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Hooks;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.integrity.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks as real processes. */
@Timeout(60)
class FileHooksIT {
    @TempDir
    Path directory;

    private final String id = "e-" + UUID.randomUUID();
    private final Streams streams = Streams.limitedTo(4096);
    private final List<String> mismatches = new CopyOnWriteArrayList<>();
    private final ProcessTree tree = new ProcessTree(Path.of("/proc"));

    @BeforeEach
    void make() throws IOException {
        Files.createDirectory(directory.resolve("hooks"));
    }

    @Test
    void runsWithItsOwnEnvironmentAndNothingElse() throws Exception {
        var hook = script("env.sh", "env | sort; echo args: $#; pwd; cat; echo bad >&2; exit 7");

        var code = run(hook, Map.of("dry-run", "a b"));

        assertEquals(7, code);
        assertEquals("bad\n", streams.stderr().text());
        var lines = streams.stdout()
                .text()
                .lines()
                .filter(line -> !line.startsWith("_=") && !line.startsWith("SHLVL="))
                .filter(line -> !line.startsWith("PWD=") && !line.startsWith("OLDPWD="))
                .toList();
        assertEquals(
                List.of(
                        "HOME=/root",
                        "PATH=/usr/bin:/bin",
                        "PLEXD_EXECUTION_ID=" + id,
                        "PLEXD_NODE_ID=n-1",
                        "PLEXD_PARAM_DRY_RUN=a b",
                        "args: 0",
                        "/"),
                lines);
        assertEquals(List.of(), leftCopies());
    }

    @Test
    void cutsLongOutputAndLetsTheHookEnd() throws Exception {
        var hook = script("long.sh", "head -c 1000000 /dev/zero | tr '\\0' x; echo end >&2");

        assertEquals(0, run(hook, Map.of()));

        assertEquals("x".repeat(4096) + "\n...[truncated]", streams.stdout().text());
        assertEquals("end\n", streams.stderr().text());
    }

    @Test
    void runsNothingWhoseBytesAreOthersAndTellsIt() throws Exception {
        var hook = script("a.sh", "echo good");
        var asked = Sha256.of(hook);
        Files.writeString(hook, "#!/bin/sh\necho evil\n");

        var failure = assertThrows(ActionFailed.class, () -> run(hook, Map.of(), Optional.of(asked)));

        assertTrue(String.valueOf(failure.getMessage()).contains("not run"), failure.getMessage());
        assertEquals("", streams.stdout().text());
        assertEquals(List.of(hook + " " + asked + " " + Sha256.of(hook)), mismatches);
        assertEquals(List.of(), leftCopies());
    }

    @Test
    void refusesARequestWithoutChecksumAndNamesThatAreNone() throws Exception {
        var hook = script("a.sh", "echo good");

        assertThrows(ActionFailed.class, () -> run(hook, Map.of(), Optional.empty()));
        assertThrows(ActionFailed.class, () -> run(hook, Map.of(), Optional.of("sha256:abc")));
        assertEquals(List.of(), mismatches);
        for (var name : List.of("", "../a.sh", "hooks/a.sh", "a\\b", "..", "gone.sh")) {
            var call = new Hooks.Call(name, id, Map.of(), Optional.of(Sha256.of(hook)));
            assertThrows(ActionFailed.class, () -> hooks().run(call, streams), name);
        }
        assertEquals("", streams.stdout().text());
    }

    @Test
    void refusesAHookThatBecameALink() throws Exception {
        var hook = script("a.sh", "echo good");
        var hooks = hooks();
        var elsewhere = Files.move(hook, directory.resolve("elsewhere.sh"));
        Files.createSymbolicLink(hook, elsewhere);
        var call = new Hooks.Call("a.sh", id, Map.of(), Optional.of(Sha256.of(elsewhere)));

        assertThrows(ActionFailed.class, () -> hooks.run(call, streams));

        assertEquals("", streams.stdout().text());
    }

    @Test
    void runsTheBytesThatWereCheckedWhateverComesAfter() throws Exception {
        var hook = script("a.sh", "echo good");
        try (var copy = HookCopy.of(hook, directory.resolve("run"), new Random(1))) {
            script("a.sh", "echo evil");

            new HookProcess(tree).run(copy.file(), Map.of("PATH", "/usr/bin:/bin", "PLEXD_EXECUTION_ID", id), streams);

            assertEquals("good\n", streams.stdout().text());
            assertEquals("r-x------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.file())));
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(copy.file().getParent())));
        }
    }

    @Test
    void neverRunsOtherBytesWhileSomebodySwapsTheFile() throws Exception {
        var hook = script("a.sh", "echo good");
        var asked = Sha256.of(hook);
        var hooks = hooks();
        var over = new AtomicBoolean();
        var swapper = Thread.ofPlatform().start(() -> swap(hook, over));
        var ran = 0;
        for (var i = 0; i < 60; i++) {
            var each = Streams.limitedTo(4096);
            try {
                hooks.run(new Hooks.Call("a.sh", id, Map.of(), Optional.of(asked)), each);
                ran++;
            } catch (ActionFailed notRun) {
                assertEquals("", each.stdout().text());
            }
            assertFalse(each.stdout().text().contains("evil"), each.stdout().text());
        }
        over.set(true);
        swapper.join();

        assertTrue(ran > 0 && !mismatches.isEmpty(), ran + " runs, " + mismatches.size() + " mismatches");
    }

    @Test
    void leavesNoProcessBehindWhenItIsInterrupted() throws Exception {
        var hook = script("tree.sh", """
                trap '' TERM INT HUP
                echo began
                sleep 600 &
                (sleep 600 & sleep 600) &
                setsid sh -c 'sleep 600 & exec sleep 600' &
                (setsid sleep 600 > /dev/null 2>&1 &)
                wait
                """);
        var thread = Thread.ofVirtual().start(() -> quietRun(hook));
        await(() -> tree.marked(id).size() >= 6);

        var before = System.nanoTime();
        thread.interrupt();
        thread.join();

        assertEquals(List.of(), tree.marked(id));
        assertTrue(System.nanoTime() - before < 3_000_000_000L, "took too long");
        assertEquals("began\n", streams.stdout().text());
        assertEquals(List.of(), leftCopies());
    }

    @Test
    void endsWhatAHookLeavesInTheBackground() throws Exception {
        var hook = script("daemon.sh", "(setsid sleep 600 &) ; echo done");

        assertEquals(0, run(hook, Map.of()));

        assertEquals(List.of(), tree.marked(id));
        assertEquals("done\n", streams.stdout().text());
    }

    @Test
    void endsWhatAnEarlierProcessOfTheAgentLeft() throws Exception {
        var left = new ProcessBuilder("sleep", "600");
        left.environment().put("PLEXD_EXECUTION_ID", id);
        var process = left.start();
        var other = new ProcessBuilder("sleep", "600");
        other.environment().put("PLEXD_EXECUTION_ID", id + "0");
        var untouched = other.start();
        try {
            await(() -> tree.marked(id).size() == 1);

            hooks().stop(id);

            assertEquals(137, process.waitFor());
            assertTrue(untouched.isAlive());
        } finally {
            untouched.destroyForcibly();
        }
    }

    @Test
    void saysWhyAFileCannotBeStarted() throws Exception {
        var file = Files.writeString(directory.resolve("hooks/broken"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        var failure = assertThrows(ActionFailed.class, () -> run(file, Map.of()));

        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("hook broken cannot be run: "), failure.getMessage());
        assertEquals(List.of(), leftCopies());
    }

    @Test
    void removesCopiesThatAKilledProcessLeft() throws Exception {
        var _ = HookCopy.of(script("a.sh", "echo"), directory.resolve("run"), new Random(1));

        var _ = hooks();

        assertEquals(List.of(), leftCopies());
    }

    private void swap(Path hook, AtomicBoolean over) {
        try {
            while (!over.get()) {
                for (var word : List.of("evil", "good")) {
                    var next = Files.writeString(directory.resolve("next"), text("echo " + word));
                    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
                    Files.move(next, hook, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    Thread.sleep(1);
                }
            }
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private void quietRun(Path hook) {
        try {
            run(hook, Map.of());
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        } catch (IOException | ActionFailed failed) {
            throw new AssertionError(failed);
        }
    }

    private int run(Path hook, Map<String, String> parameters) throws IOException, ActionFailed, InterruptedException {
        return run(hook, parameters, Optional.of(Sha256.of(hook)));
    }

    private int run(Path hook, Map<String, String> parameters, Optional<String> checksum)
            throws ActionFailed, InterruptedException {
        return hooks().run(new Hooks.Call(String.valueOf(hook.getFileName()), id, parameters, checksum), streams);
    }

    private FileHooks hooks() {
        var hooks = new FileHooks(
                new HookDirectory(directory.resolve("hooks")),
                new FileHooks.Surroundings(
                        directory.resolve("run"),
                        Path.of("/proc"),
                        Map.of("PATH", "/usr/bin:/bin", "HOME", "/root", "PLEXD_BOOTSTRAP_TOKEN", "sesame"),
                        "n-1",
                        new Random(7)),
                (hook, expected, actual) -> mismatches.add(hook + " " + expected + " " + actual));
        hooks.reload();
        return hooks;
    }

    private Path script(String name, String body) throws IOException {
        var file = Files.writeString(directory.resolve("hooks").resolve(name), text(body));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String text(String body) {
        return "#!/bin/sh\n" + body + "\n";
    }

    private List<Path> leftCopies() throws IOException {
        try (var left = Files.list(directory.resolve("run"))) {
            return left.toList();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen in 20 s");
            Thread.sleep(20);
        }
    }
}
