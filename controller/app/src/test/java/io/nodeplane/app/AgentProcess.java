package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.MockApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real {@code plexd} process with a configuration and data directory of its own; its output is kept in a file. */
public final class AgentProcess implements AutoCloseable {
    /** The Java of a node, with its heap and stack, up to the class path. */
    public static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss256k",
            "-Xmx48m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private AgentProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The seed's ConfigMap ("Kubernetes E2E Test", plexd Configuration) with the mock's addresses and own directories. */
    static Path seedConfig(Path directory, MockApi api) throws IOException {
        var yaml = """
                api:
                  base_url: %1$s
                registration:
                  data_dir: %3$s/data
                node_api:
                  data_dir: %3$s/data
                  socket_path: %3$s/api.sock
                heartbeat:
                  node_id: e2e-k8s-node
                metrics:
                  local_endpoint:
                    url: %2$s/local/metrics
                    secret_key: local-bearer-token
                    tls_insecure_skip_verify: true
                log_fwd:
                  local_endpoint:
                    url: %2$s/local/logs
                    secret_key: local-bearer-token
                    tls_insecure_skip_verify: true
                audit_fwd:
                  local_endpoint:
                    url: %2$s/local/audit
                    secret_key: local-bearer-token
                    tls_insecure_skip_verify: true
                """.formatted(api.uri(), api.tlsUri(), directory);
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }

    /** Starts {@code plexd} with arguments and only the given variables. */
    static AgentProcess start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<>(JAVA);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Plexd.class.getName()));
        command.addAll(List.of(arguments));
        return launch(directory, variables, command);
    }

    /** Starts a command that is {@link #JAVA} and more, with only the given variables. */
    public static AgentProcess launch(Path directory, Map<String, String> variables, List<String> command)
            throws IOException {
        var output = Files.createTempFile(directory, "output-", ".log");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return new AgentProcess(builder.start(), output);
    }

    /** Starts {@code plexd up} with the seed's token and the health listener on a free port. */
    static AgentProcess up(Path directory, Path config) throws IOException {
        return up(directory, config, "e2e-test-token");
    }

    /** Starts {@code plexd up} with a token and the health listener on a free port. */
    static AgentProcess up(Path directory, Path config, String token) throws IOException {
        return start(
                directory,
                Map.of("PLEXD_BOOTSTRAP_TOKEN", token, "PLEXD_HEALTH_LISTEN", "127.0.0.1:0"),
                "up",
                "--config",
                config.toString());
    }

    /** Waits for the process to end by itself. */
    public int exitCode() throws InterruptedException, IOException {
        assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), () -> "still running: " + quietOutput());
        return process.exitValue();
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM; the time until the process was gone. */
    public Duration terminate() throws InterruptedException {
        return terminate(Duration.ofSeconds(30));
    }

    /** Sends SIGTERM; the time until the process was gone, which must be within the limit. */
    public Duration terminate(Duration limit) throws InterruptedException {
        var before = System.nanoTime();
        process.destroy();
        assertTrue(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS), () -> "does not stop: " + quietOutput());
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /** Sends SIGKILL; returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until the output has the text. */
    public void awaitOutput(String text) throws InterruptedException, IOException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (!output().contains(text)) {
            assertTrue(
                    process.isAlive() && System.nanoTime() < deadline,
                    () -> "no \"" + text + "\" in: " + quietOutput());
            Thread.sleep(50);
        }
    }

    /** Address of the health listener, as the process told it. */
    public URI health() throws InterruptedException, IOException {
        awaitOutput("health listener bound");
        var line = output().lines()
                .filter(told -> told.contains("health listener bound"))
                .findFirst()
                .orElseThrow();
        return URI.create("http://" + line.substring(line.lastIndexOf('/') + 1).strip());
    }

    /** All that was printed so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    private String quietOutput() {
        try {
            return output();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
