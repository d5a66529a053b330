package io.nodeplane.app.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many nodes, several at a time: agents mostly wait. Tells how far it is, and which faults the machine does not allow. */
final class Campaign {
    /** Agents that share a core: a start takes half a second of it, a life two seconds. */
    private static final int NODES_PER_CORE = 2;

    /** In turns. */
    private static final List<NodeKind> KINDS = List.of(NodeKind.CLUSTER, NodeKind.PLATFORM, NodeKind.SEEDS);

    private final Path directory;
    private final long seed;
    private final int points;
    private final int pointsPerNode;
    private final Agents agents;
    private final ChaosCluster cluster;
    private final boolean mounts;
    private final long began = System.nanoTime();
    private final Map<String, Integer> happened = new TreeMap<>();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private int done;

    /**
     * Nothing runs yet.
     *
     * @param directory keeps the nodes
     */
    Campaign(Path directory, long seed, int points, int pointsPerNode, Agents agents, ChaosCluster cluster)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.seed = seed;
        this.points = points;
        this.pointsPerNode = pointsPerNode;
        this.agents = agents;
        this.cluster = cluster;
        this.mounts = DataDisk.isPossible(directory.resolve("mount"));
    }

    /** Runs all nodes. What was violated, if anything. */
    List<String> run() throws InterruptedException, ExecutionException, IOException {
        tellWhatIsMissing();
        var seeds = new Random(seed);
        var parallel = Runtime.getRuntime().availableProcessors() * NODES_PER_CORE;
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().name("chaos-node-", 0).factory())) {
            for (var number = 0; number * pointsPerNode < points; number++) {
                var node = number;
                var nodeSeed = seeds.nextLong();
                var lives = Math.min(pointsPerNode, points - number * pointsPerNode);
                running.add(threads.submit(() -> node(node, nodeSeed, lives)));
            }
            for (var each : running) {
                each.get();
            }
        }
        say("faults beside the control plane's: " + happened);
        return List.copyOf(violations);
    }

    private void tellWhatIsMissing() throws IOException {
        if (!mounts) {
            say(
                    "NOT IN THIS CAMPAIGN: full disk and read-only directory. They need the right to mount: run it as root.");
        }
        if (WallClock.beside(directory).isEmpty()) {
            say("NOT IN THIS CAMPAIGN: clock jumps. They need libfaketime: apt-get install libfaketime.");
        }
    }

    private void node(int number, long nodeSeed, int lives) {
        if (!violations.isEmpty()) {
            return;
        }
        var kind = KINDS.get(number % KINDS.size());
        var name = "chaos-" + number;
        var place = directory.resolve(name);
        List<String> found;
        try {
            Files.createDirectory(place);
            found = node(place, kind, name, nodeSeed, lives);
        } catch (Exception | AssertionError failed) {
            found = List.of(failed.toString() + " at " + List.of(failed.getStackTrace()));
        }
        found.forEach(violation -> {
            violations.add(name + ": " + violation);
            say("VIOLATION on " + name + " in " + place + ": " + violation);
        });
    }

    private List<String> node(Path place, NodeKind kind, String name, long nodeSeed, int lives) throws Exception {
        var random = new Random(nodeSeed);
        var account = kind == NodeKind.CLUSTER
                ? Optional.of(cluster.account(name, place.resolve("account")))
                : Optional.<ClusterAccount>empty();
        try (var world = NodeWorld.around(place, kind, mounts, account)) {
            var node = new ChaosNode(world, agents, Optional.of(cluster), random);
            var found = node.run(lives);
            if (!found.isEmpty()) {
                world.keepData();
            }
            finished(
                    name + " (" + kind.toString().toLowerCase(Locale.ROOT) + "): " + node.told(), node.points(), world);
            return found;
        }
    }

    private synchronized void finished(String told, int nodePoints, NodeWorld world) {
        done += nodePoints;
        world.happened().forEach((what, times) -> happened.merge(what, times, Integer::sum));
        say("%d of %d points, %d violations, %d s; %s"
                .formatted(
                        done,
                        points,
                        violations.size(),
                        Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                        told));
    }

    private static void say(String text) {
        System.out.println("chaos: " + text);
    }
}
