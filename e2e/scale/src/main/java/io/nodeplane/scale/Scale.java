package io.nodeplane.scale;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.cluster.ClusterClient;
import io.nodeplane.runtime.logging.Logging;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** The run: nodes, agents, the phases, and what came of them in {@code table.md} and {@code scale.png}. */
public final class Scale {
    private static final Duration EACH_QUARTER = Duration.ofSeconds(15);
    private static final Duration PODS = Duration.ofMinutes(15);
    private static final int WRONG_SETTINGS = 2;

    private Scale() {}

    /** Exit code 0 when all phases were run, whatever the figures are; 2 for wrong settings. */
    public static void main(String[] arguments) throws Exception {
        try {
            run(Settings.from(System.getenv()));
        } catch (IllegalArgumentException wrong) {
            System.err.println("error: " + wrong.getMessage());
            System.exit(WRONG_SETTINGS);
        }
    }

    private static void run(Settings settings) throws IOException, InterruptedException {
        Files.createDirectories(settings.directory());
        var logs = new AgentLogs();
        Logging.attach(logs);
        Logging.setStream(
                new PrintStream(settings.directory().resolve("agents.log").toFile(), StandardCharsets.UTF_8));
        try (var client = ClusterClient.open(Config.fromKubeconfig(Files.readString(settings.kubeconfig())));
                var controlPlane = ControlPlane.start(settings.directory());
                var fleet = new Fleet(client, controlPlane, settings.directory().resolve("n"), logs)) {
            prepare(settings, client, fleet);
            phases(settings, client, controlPlane, fleet);
        }
    }

    private static void prepare(Settings settings, KubernetesClient client, Fleet fleet) throws InterruptedException {
        tell("make " + settings.agents() + " nodes, and wait for the agent's pod on each");
        KwokNodes.create(client, settings.agents());
        if (!Scene.await(PODS, () -> fleet.mounted() + " pods are there", () -> fleet.mounted() >= settings.agents())) {
            throw new IllegalStateException("the DaemonSet did not come up: kubectl -n " + Settings.NAMESPACE
                    + " describe daemonset plexd, and kwok.log in " + settings.directory());
        }
    }

    private static void phases(Settings settings, KubernetesClient client, ControlPlane controlPlane, Fleet fleet)
            throws IOException, InterruptedException {
        var empty = Footprint.now();
        var levels = Set.of(ControlPlane.STREAMS, Fleet.REGISTERED);
        try (var plane = Sampler.start(controlPlane, Scene.EACH_SECOND, levels);
                var nodes = Sampler.start(fleet, Scene.EACH_SECOND, levels);
                var server = Sampler.start(new ApiServerLoad(client), EACH_QUARTER, levels)) {
            var scene = new Scene(settings, client, controlPlane, fleet, plane, nodes, server);
            var start = new StartStorm();
            var outage = new Outage();
            var hook = new HookOnAll();
            var rows = new ArrayList<Row>();
            for (var phase : List.of(start, new Rest(empty), new RollingRestart(), outage, hook)) {
                tell(phase.name());
                var measured = phase.run(scene);
                measured.forEach(row -> System.out.println("  " + row.markdown()));
                rows.addAll(measured);
            }
            rows.add(Row.of("agents that ended by themselves", OptionalDouble.of(fleet.deaths()), "", "=", 0));
            write(settings, rows, start, outage, hook);
        }
    }

    private static void write(Settings settings, List<Row> rows, StartStorm start, Outage outage, HookOnAll hook)
            throws IOException {
        var table = settings.directory().resolve("table.md");
        Files.writeString(
                table,
                rows.stream()
                        .map(Row::markdown)
                        .collect(Collectors.joining(
                                "\n",
                                "| " + settings.agents() + " agents | Value | Goal | Ratio |\n|---|---|---|---|\n",
                                "\n")));
        Charts.write(settings.directory().resolve("scale.png"), start, outage, hook);
        tell("the table is in " + table + ", the charts are beside it");
    }

    private static void tell(String text) {
        System.out.println("==> " + text);
    }
}
