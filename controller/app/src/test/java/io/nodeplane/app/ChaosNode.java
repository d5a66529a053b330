package io.nodeplane.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** One node of the fault campaign: a data directory, a control plane of its own, and the lives of its agents one after the other. */
final class ChaosNode implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("chaos-(\\d+)");
    private static final JsonMapper JSON = new JsonMapper();
    /** All that one node's agents send, repetitions included. */
    private static final int WINDOW = 256 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final Path config;
    private final Random random;
    private final MockApi api =
            MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT).windowBytes(WINDOW));
    private final List<String> violations = new ArrayList<>();
    private int points;
    private int written;

    ChaosNode(Path directory, long seed) throws IOException {
        this.directory = directory;
        this.random = new Random(seed);
        this.config = Files.writeString(
                AgentProcess.seedConfig(directory, api),
                """
                kubernetes:
                  enabled: true
                  crd_enabled: false
                  namespace: chaos
                  audit_log_path: %s
                """.formatted(directory.resolve("audit.log")),
                StandardOpenOption.APPEND);
        Files.writeString(directory.resolve("audit.log"), "");
    }

    /** Lives until {@code lives} have been cut; then a quiet one that must deliver all there is. What was violated, if anything. */
    List<String> run(int lives) throws Exception {
        while (!isRegistered() && points < lives) {
            live(ChaosLife.of(random));
        }
        settle();
        var log = ChaosAuditLog.begin(directory.resolve("audit.log"), new Random(random.nextLong()));
        try {
            while (points < lives) {
                live(ChaosLife.of(random));
            }
        } finally {
            written = log.end();
        }
        drain();
        return violations;
    }

    /** How often an agent was cut. */
    int points() {
        return points;
    }

    /** How many audit events were written meanwhile. */
    int events() {
        return written;
    }

    private void live(ChaosLife life) throws Exception {
        var registered = isRegistered();
        var before = api.count("registration");
        api.fault(life.faults().toArray(Fault[]::new));
        try (var agent = AgentProcess.up(directory, config)) {
            var cut = life.cutStreamsAfter().compareTo(life.endsAfter()) < 0;
            Thread.sleep(cut ? life.cutStreamsAfter() : life.endsAfter());
            if (cut) {
                api.closeStreams();
                Thread.sleep(life.endsAfter().minus(life.cutStreamsAfter()));
            }
            if (life.gently()) {
                agent.terminate();
            } else {
                agent.kill();
            }
            points++;
            check(
                    !agent.output().contains("worker died"),
                    life,
                    "a part of the agent died of a bug: " + agent.output());
        }
        api.clearFaults();
        check(!registered || api.count("registration") == before, life, "registered though it held an identity");
        wholeFiles().forEach(broken -> violations.add(broken + " after point " + points + ", " + life));
    }

    /** The reader of the audit log begins at its end, so the first events may be written only when it has begun. */
    private void settle() throws Exception {
        try (var agent = AgentProcess.up(directory, config)) {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!followsTheLog() && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            agent.terminate();
            if (!followsTheLog()) {
                violations.add("a quiet control plane was not enough to begin: " + agent.output());
            }
        }
    }

    private void drain() throws Exception {
        String told;
        try (var agent = AgentProcess.up(directory, config)) {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (new HashSet<>(arrived()).size() < written && System.nanoTime() < deadline) {
                Thread.sleep(200);
            }
            agent.terminate();
            told = agent.output();
        }
        var forgotten = api.records("audit", "chaos-").lost();
        if (forgotten > 0) {
            violations.add("the mock's window was too small: it forgot " + forgotten + " records");
        }
        var first = List.copyOf(new LinkedHashSet<>(arrived()));
        var lost = new TreeSet<>(IntStream.range(0, written).boxed().toList());
        first.forEach(lost::remove);
        if (!lost.isEmpty()) {
            violations.add("%d of %d audit events were lost, the first of them %d, the last %d; the last agent said: %s"
                    .formatted(lost.size(), written, lost.first(), lost.last(), told));
        }
        if (!first.equals(first.stream().sorted().toList())) {
            violations.add("audit events came first in another order than they were written");
        }
        api.refusals().forEach(refusal -> violations.add("the control plane refused a request: " + refusal));
    }

    private List<Integer> arrived() {
        return api.records("audit", "chaos-").matching().stream()
                .map(record -> NUMBER.matcher(record.text()))
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
    }

    private boolean isRegistered() {
        return Files.exists(directory.resolve("data/identity.json"));
    }

    /** JSON files that are not whole; a file that is still being written has another name. */
    private List<String> wholeFiles() throws IOException {
        var broken = new ArrayList<String>();
        var data = directory.resolve("data");
        if (!Files.exists(data)) {
            return broken;
        }
        try (var files = Files.walk(data)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    try {
                        JSON.readTree(Files.readString(file));
                    } catch (JsonProcessingException half) {
                        broken.add(file + " is half written: " + half.getOriginalMessage());
                    }
                }
            }
        }
        return broken;
    }

    private boolean followsTheLog() throws IOException {
        var positions = directory.resolve("data/positions");
        if (!Files.exists(positions)) {
            return false;
        }
        try (var files = Files.list(positions)) {
            return files.anyMatch(file -> file.toString().endsWith("audit.log"));
        }
    }

    private void check(boolean holds, ChaosLife life, String violation) {
        if (!holds) {
            violations.add(violation + " (point " + points + ", " + life + ")");
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
