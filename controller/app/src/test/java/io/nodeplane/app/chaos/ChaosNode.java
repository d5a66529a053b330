package io.nodeplane.app.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nodeplane.app.AgentProcess;
import io.nodeplane.mockapi.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** One node of the fault campaign: a data directory, its world, what is wanted of it, and the lives of its agents one after the other. */
final class ChaosNode {
    /** For all to come true. On a machine whose processors have twenty takers each, a quiet minute is a few seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration START = Duration.ofSeconds(20);

    /** Two wishes may follow each other closely, as those of different people do. */
    private static final int LONGEST_PAUSE_MILLIS = 160;

    private final Path data;
    private final NodeWorld world;
    private final Agents agents;
    private final Random random;
    private final List<Trial> trials;
    private final Path config;
    private final List<String> violations = new ArrayList<>();
    private boolean begun;
    private int points;

    ChaosNode(NodeWorld world, Agents agents, Optional<ChaosCluster> cluster, Random random) throws IOException {
        this.data = world.directory().resolve("data");
        this.world = world;
        this.agents = agents;
        this.random = random;
        this.trials = Trials.of(world, cluster, random);
        this.config = world.config(trials);
    }

    /** Lives until {@code lives} have been cut, at most a third of them before it is registered; then a quiet one in which all must come true. What was violated, if anything. */
    List<String> run(int lives) throws Exception {
        while (!isRegistered() && points < lives / 3) {
            live(ChaosLife.of(random, world.means()));
        }
        settle();
        for (var trial : trials) {
            trial.begin();
        }
        begun = true;
        try {
            while (points < lives && violations.isEmpty()) {
                live(ChaosLife.of(random, world.means()));
            }
        } finally {
            for (var trial : trials) {
                trial.end();
            }
        }
        drain();
        return violations;
    }

    /** How often an agent was cut. */
    int points() {
        return points;
    }

    /** What was wanted. */
    String told() {
        return trials.stream().map(Trial::told).collect(Collectors.joining(", "));
    }

    private void live(ChaosLife life) throws Exception {
        var registered = isRegistered();
        var before = world.api().count("registration");
        world.api().fault(life.faults().toArray(Fault[]::new));
        var moments = new ArrayList<>(life.moments());
        due(moments, Duration.ZERO);
        var jumps = life.moments().stream().anyMatch(Moment.Clock.class::isInstance);
        try (var agent = up(jumps)) {
            await(life.from(), agent);
            play(moments, life.endsAfter());
            check(agent.isAlive() || !registered, life, "the agent ended by itself", agent);
            if (life.gently()) {
                agent.terminate();
            } else {
                agent.kill();
            }
            points++;
            check(!isDeadOfABug(agent.output()), life, "a part of the agent died of a bug", agent);
            check(
                    !registered || world.api().count("registration") == before,
                    life,
                    "registered though it held an identity",
                    agent);
        }
        world.recover();
        new DataFiles(data).broken().forEach(broken -> violations.add(broken + " after point " + points + ", " + life));
    }

    private static boolean isDeadOfABug(String output) {
        return output.contains("worker died") || output.contains("agent failed") || output.contains("OutOfMemory");
    }

    /** Under the faults of a life an agent may never get there, and is then no longer waited for. */
    private void await(ChaosLife.Stage stage, AgentProcess agent) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!isAt(stage, agent) && agent.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    private boolean isAt(ChaosLife.Stage stage, AgentProcess agent) throws IOException {
        return switch (stage) {
            case STARTED -> true;
            case RUNNING -> agent.output().contains("agent running");
            case LISTENING -> world.api().openStreams() > 0;
        };
    }

    /** Wishes one after the other, and what happens to the life in between. */
    private void play(List<Moment> moments, Duration length) throws Exception {
        var start = System.nanoTime();
        while (true) {
            var now = Duration.ofNanos(System.nanoTime() - start);
            due(moments, now);
            if (now.compareTo(length) >= 0) {
                return;
            }
            if (begun) {
                trials.get(random.nextInt(trials.size())).act(random);
            }
            var left = length.minus(Duration.ofNanos(System.nanoTime() - start)).toMillis();
            Thread.sleep(Math.clamp(left, 0, 1 + random.nextInt(LONGEST_PAUSE_MILLIS)));
        }
    }

    private void due(List<Moment> moments, Duration now) throws IOException, InterruptedException {
        while (!moments.isEmpty() && moments.getFirst().at().compareTo(now) <= 0) {
            world.happen(moments.removeFirst());
        }
    }

    /** The reader of the audit log begins at its end, so wishes begin when it has begun, and events are heard. */
    private void settle() throws Exception {
        try (var agent = up(false)) {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isSettled() && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            if (!isSettled()) {
                violations.add("a quiet world was not enough to begin: " + agent.output());
            }
            awaitAPlaceInTheStream();
            agent.terminate();
        }
    }

    /**
     * The contract of 2026 tells of a new signing key once, in the stream, and a node that has no place in it yet begins with what comes
     * next: what is told between two lives before is lost, and no agent could help it.
     */
    private void awaitAPlaceInTheStream() throws InterruptedException {
        if (world.kind() != NodeKind.PLATFORM) {
            return;
        }
        world.api().platform().inject("{\"id\":\"first\",\"type\":\"policy_updated\"}");
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(data.resolve("events.json")) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    private boolean isSettled() throws IOException {
        var positions = data.resolve("positions");
        if (!Files.exists(positions) || world.api().openStreams() == 0) {
            return false;
        }
        try (var files = Files.list(positions)) {
            return files.anyMatch(file -> file.toString().endsWith("audit.log"));
        }
    }

    private void drain() throws Exception {
        String told;
        try (var agent = up(false)) {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!open().isEmpty() && System.nanoTime() < deadline) {
                for (var trial : trials) {
                    trial.goOn();
                }
                Thread.sleep(300);
            }
            agent.terminate();
            told = agent.output();
        }
        var open = open();
        if (!open.isEmpty()) {
            violations.addAll(open);
            violations.add("the last agent said: " + told);
        }
        for (var trial : trials) {
            violations.addAll(trial.violations());
        }
        violations.addAll(new DataFiles(data).broken());
        violations.addAll(new DataFiles(data).left());
        checkIdentity();
        world.api().refusals().stream()
                .filter(refusal -> !ByDesign.isRefused(refusal, world))
                .forEach(refusal -> violations.add("the control plane refused a request: " + refusal));
    }

    private List<String> open() throws Exception {
        var open = new ArrayList<String>();
        for (var trial : trials) {
            open.addAll(trial.open());
        }
        return open;
    }

    private void checkIdentity() throws IOException {
        var known = world.api().nodes();
        var held = new JsonMapper()
                .readTree(Files.readString(data.resolve("identity.json")))
                .path("node_id")
                .asText();
        if (known.size() != 1 || !known.getFirst().nodeId().equals(held)) {
            violations.add("the node holds identity " + held + ", the control plane knows " + known);
        }
    }

    private boolean isRegistered() {
        return Files.exists(data.resolve("identity.json"));
    }

    private AgentProcess up(boolean jumps) throws IOException {
        var variables = new HashMap<String, String>();
        world.account().ifPresent(account -> variables.putAll(account.variables()));
        if (jumps) {
            variables.putAll(world.clock().map(WallClock::variables).orElse(Map.of()));
        }
        return agents.up(
                world.directory(),
                config,
                world.kind().token(),
                variables,
                world.account().map(ClusterAccount::options).orElse(List.of()));
    }

    private void check(boolean holds, ChaosLife life, String violation, AgentProcess agent) throws IOException {
        if (!holds) {
            violations.add(violation + " (point " + points + ", " + life + "): " + agent.output());
        }
    }
}
