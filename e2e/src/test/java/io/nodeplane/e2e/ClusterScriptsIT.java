package io.nodeplane.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts around the cluster with tools that only write down how they are called (seed "Kubernetes E2E Test"). */
@Timeout(120)
class ClusterScriptsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String TOOL = """
            #!/bin/sh
            call="$(basename "$0") $*"
            echo "$call" >>"$CALLS"
            case "$call" in
              "docker ps "*) echo 0123456789ab ;;
              "kubectl get nodes --no-headers") printf 'n1 Ready\\nn2 Ready\\nn3 Ready\\n' ;;
              *" rollout status "*) echo 'deployment "coredns" successfully rolled out' ;;
              "images.sh node") echo kindest/node:test ;;
            esac
            """;

    @TempDir
    Path directory;

    /** How a script ended. */
    private record Ended(int code, String output, List<String> calls) {}

    @BeforeEach
    void copyScripts() throws IOException {
        Files.createDirectories(directory.resolve("e2e/cluster/node-image"));
        for (var file : List.of(
                "cluster.sh",
                "steps.sh",
                "test.sh",
                "preflight.sh",
                "kind.yaml",
                "audit-policy.yaml",
                "node-image/network.sh")) {
            Files.copy(
                    ROOT.resolve("e2e/cluster").resolve(file),
                    directory.resolve("e2e/cluster").resolve(file));
        }
        for (var stub : List.of("engine.sh", "tools.sh", "images.sh")) {
            executable(directory.resolve("e2e/cluster").resolve(stub), TOOL);
        }
        Files.createDirectories(directory.resolve("tools"));
        for (var tool : List.of("docker", "kind", "kubectl")) {
            executable(directory.resolve("tools").resolve(tool), TOOL);
        }
    }

    @Test
    void upRemovesTheClusterOfTheNameAndMakesItAnew() throws Exception {
        var up = script(Map.of(), "cluster.sh", "up");

        assertEquals(0, up.code(), up.output());
        var kind = up.calls().stream().filter(call -> call.startsWith("kind ")).toList();
        assertEquals("kind delete cluster --name plexd-e2e", kind.getFirst());
        assertTrue(
                kind.getLast().startsWith("kind create cluster --name plexd-e2e --image kindest/node:test --config "),
                kind::toString);
        assertTrue(up.calls().contains("kubectl get nodes --no-headers"), "it waits until the nodes are ready");
    }

    @Test
    void loadHandsLocalImagesToTheNodes() throws Exception {
        var load = script(Map.of("CLUSTER_NAME", "mine"), "cluster.sh", "load", "plexd:e2e", "mockapi:e2e");

        assertEquals(0, load.code(), load.output());
        assertEquals(List.of("kind load docker-image --name mine plexd:e2e mockapi:e2e"), load.calls());
    }

    @Test
    void downDeletesTheClusterWhateverLeftIt() throws Exception {
        var down = script(Map.of("CLUSTER_NAME", "mine"), "cluster.sh", "down");

        assertEquals(0, down.code(), down.output());
        assertTrue(down.calls().contains("kind delete cluster --name mine"), down.calls()::toString);
    }

    @Test
    void anotherCheckoutsClusterIsRefusedUntilItsEngineHasEnded() throws Exception {
        var state = Files.createDirectories(directory.resolve("cache/clusters/plexd-e2e"));
        Files.writeString(state.resolve("owner"), ROOT + "\n");
        var refused = script(Map.of(), "cluster.sh", "up");

        var forgotten = script(Map.of("CLUSTER_NAME", "mine"), "cluster.sh", "forget");
        var up = script(Map.of(), "cluster.sh", "up");

        assertEquals(1, refused.code(), refused.output());
        assertTrue(refused.output().contains("belongs to the checkout " + ROOT), refused.output());
        assertEquals("docker rm -fv 0123456789ab", forgotten.calls().getLast(), forgotten.output());
        assertEquals(0, up.code(), up.output());
    }

    @Test
    void theTestDeletesItsClusterAfterSuccessAndFailure() throws Exception {
        var passed = script(Map.of("MAKE", "true"), "test.sh", "e2e");
        var failed = script(Map.of("MAKE", "false"), "test.sh", "e2e");

        assertEquals(0, passed.code(), passed.output());
        assertNotEquals(0, failed.code(), failed.output());
        for (var run : List.of(passed, failed)) {
            assertTrue(run.calls().contains("kind delete cluster --name plexd-e2e"), run.calls()::toString);
        }
    }

    @Test
    void diagnosticsAreThoseOfTheReference() throws Exception {
        var diagnose = script(Map.of(), "cluster.sh", "diagnose");

        assertEquals(
                List.of(
                        "kubectl -n plexd-e2e get pods -o wide",
                        "kubectl -n plexd-e2e describe daemonset/plexd",
                        "kubectl -n plexd-e2e logs -l app.kubernetes.io/name=plexd --tail=50 --prefix",
                        "kubectl -n plexd-e2e logs -l app.kubernetes.io/name=mock-api --tail=50 --prefix"),
                diagnose.calls());
    }

    @Test
    void preflightNamesEverythingThatIsMissingAndStops() throws Exception {
        var bare = Files.createDirectories(directory.resolve("bare"));
        for (var tool : List.of("awk", "basename", "bash", "df", "dirname", "mkdir", "tail")) {
            executable(bare.resolve(tool), "#!/bin/sh\nexec " + which(tool) + " \"$@\"\n");
        }
        // Neither root, who would install what is missing, nor a kernel setting that would be changed.
        executable(bare.resolve("id"), "#!/bin/sh\necho 1000\n");
        executable(bare.resolve("cat"), "#!/bin/sh\necho 1024\n");

        var preflight = script(Map.of("PATH", bare.toString()), "preflight.sh", "cluster");

        assertEquals(1, preflight.code(), preflight.output());
        for (var fault : List.of("command: curl is missing", "command: jq is missing", "Docker: no engine answers")) {
            assertTrue(preflight.output().contains(fault), preflight.output());
        }
    }

    @Test
    void nameAndTimeLimitHaveTheReferencesDefaultsAndCanBeSet() throws Exception {
        assertEquals("plexd-e2e 120s", settings(Map.of()));
        assertEquals("my-cluster 180s", settings(Map.of("CLUSTER_NAME", "my-cluster", "TIMEOUT", "180s")));
    }

    private String settings(Map<String, String> variables) throws Exception {
        var print = "--eval=settings: ; @echo $(CLUSTER_NAME) $(TIMEOUT)";
        var path = Map.of("PATH", System.getenv("PATH"));
        var all = new HashMap<>(path);
        all.putAll(variables);
        return run(all, List.of("make", "-s", "-C", ROOT.toString(), print, "settings"))
                .output()
                .strip();
    }

    private Ended script(Map<String, String> variables, String name, String... arguments) throws Exception {
        var command = new ArrayList<>(
                List.of("bash", directory.resolve("e2e/cluster").resolve(name).toString()));
        command.addAll(List.of(arguments));
        var all = new HashMap<String, String>();
        all.put("PATH", directory.resolve("tools") + ":" + System.getenv("PATH"));
        all.putAll(variables);
        return run(all, command);
    }

    /** With nothing of this process's environment but what is given. */
    private Ended run(Map<String, String> variables, List<String> command) throws Exception {
        var calls = directory.resolve("calls");
        Files.deleteIfExists(calls);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("NODEPLANE_CACHE", directory.resolve("cache").toString());
        builder.environment().put("CALLS", calls.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
        var called = Files.exists(calls) ? Files.readAllLines(calls) : List.<String>of();
        return new Ended(process.exitValue(), output, called);
    }

    private static Path which(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
