package io.nodeplane.app.chaos;

import io.nodeplane.app.AgentProcess;
import io.nodeplane.app.Plexd;
import io.nodeplane.app.PodAgent;
import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * How agents are started in a campaign: with the Java of a node, only what they need on the class path, and with the
 * classes of a training run, as in the image, which makes a start three times as cheap.
 *
 * @param classPath jars only, or the training is not possible
 * @param options of the training
 */
record Agents(String classPath, List<String> options) {
    private static final Duration TRAINING = Duration.ofSeconds(60);

    Agents {
        options = List.copyOf(options);
    }

    /** Agents that start without training. */
    static Agents untrained(Path scratch) throws IOException {
        var entries = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("test-classes")) {
                entries.add(entry);
            }
        }
        entries.add(ofPodAgent(scratch.resolve("pod-agent.jar")).toString());
        return new Agents(String.join(File.pathSeparator, entries), List.of());
    }

    /** The one class of the tests that an agent may need, in a jar: no cache is made of directories. */
    private static Path ofPodAgent(Path jar) throws IOException {
        var name = PodAgent.class.getName().replace('.', '/') + ".class";
        try (var in = Objects.requireNonNull(PodAgent.class.getClassLoader().getResourceAsStream(name), name);
                var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
        return jar;
    }

    /** The same after a training run; the same as before where none is possible, which is told. */
    Agents trained(Path scratch) throws IOException, InterruptedException {
        var cache = scratch.resolve("agent.aot");
        var trainee = new Agents(classPath, List.of("-Xmx256m", "-XX:AOTCacheOutput=" + cache));
        var directory = Files.createDirectory(scratch.resolve("training"));
        try (var api = MockApi.start(MockApiConfig.loopback())) {
            var config = Files.writeString(
                    directory.resolve("config.yaml"),
                    "data_dir: %s/data\napi: {base_url: '%s'}\nnode_api: {socket_path: '%s/api.sock'}\n"
                            .formatted(directory, api.uri(), directory));
            try (var agent = trainee.up(directory, config, "training", Map.of(), List.of())) {
                api.await("capabilities", 1, TRAINING);
                agent.terminate(TRAINING);
            }
        }
        if (!Files.exists(cache)) {
            System.out.println("chaos: agents start without training, no cache came of it");
            return this;
        }
        return new Agents(classPath, List.of("-XX:AOTCache=" + cache));
    }

    /** Starts {@code plexd up}; in a pod when there are options of one. */
    AgentProcess up(Path directory, Path config, String token, Map<String, String> more, List<String> pod)
            throws IOException {
        var command = new ArrayList<>(AgentProcess.JAVA);
        command.addAll(options);
        command.addAll(pod);
        command.addAll(List.of("-cp", classPath));
        command.add((pod.isEmpty() ? Plexd.class : PodAgent.class).getName());
        command.addAll(List.of("up", "--config", config.toString()));
        var variables = new HashMap<>(more);
        variables.put("PLEXD_BOOTSTRAP_TOKEN", token);
        variables.put("PLEXD_HEALTH_LISTEN", "127.0.0.1:0");
        return AgentProcess.launch(directory, variables, command);
    }
}
