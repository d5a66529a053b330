package io.nodeplane.plexd.actions.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.runtime.logging.LogEvent;
import io.nodeplane.runtime.logging.RecentLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class BuiltinActionsTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    @TempDir
    Path proc;

    private final RecentLog log = new RecentLog(3, 1000);

    @Test
    void areSortedAndEndTheProcessOnlyWhereSomebodyStartsItAgain() {
        var everywhere = List.of("config.dump", "diagnostics.collect", "health.check", "logs.snapshot", "system.info");

        assertEquals(everywhere, names(actions(Optional.empty())));
        assertEquals(
                List.of(
                        "config.dump",
                        "diagnostics.collect",
                        "health.check",
                        "logs.snapshot",
                        "service.restart",
                        "system.info"),
                names(actions(Optional.of(() -> {}))));
    }

    @Test
    void tellsWhoTheNodeIs() throws Exception {
        var info = json("system.info", Map.of());

        assertEquals("worker-1", info.path("hostname").asText());
        assertEquals("n-1", info.path("node_id").asText());
        assertEquals("10.0.0.1", info.path("mesh_ip").asText());
        assertEquals(2, info.path("peer_count").asInt());
        for (var member : List.of("os", "arch", "java_version", "version")) {
            assertFalse(info.path(member).asText().isEmpty(), member);
        }
    }

    @Test
    void tellsWhetherTheAgentIsHealthy() throws Exception {
        var health = json("health.check", Map.of());

        assertEquals("degraded", health.path("status").asText());
        assertEquals("credential rejected", health.path("reason").asText());
        assertEquals(90, health.path("uptime_seconds").asInt());
    }

    @Test
    void printsTheConfigurationAsItIsMasked() throws Exception {
        var dump = json("config.dump", Map.of());

        assertEquals("[masked]", dump.path("registration.token_value").asText());
        assertEquals("http://control", dump.path("api.base_url").asText());
    }

    @Test
    void collectsWhatItIsAskedFor() throws Exception {
        Files.writeString(proc.resolve("loadavg"), "0.1 0.2 0.3 1/100 7\n");
        Files.createDirectory(proc.resolve("17"));
        Files.writeString(proc.resolve("17/stat"), "17 (a (b) c) S 1 17");
        Files.createDirectory(proc.resolve("18"));

        var all = json("diagnostics.collect", Map.of());
        var little = json("diagnostics.collect", Map.of("include_network", "false", "include_processes", "0"));

        assertEquals("0.1 0.2 0.3 1/100 7", all.path("host").path("loadavg").asText());
        assertFalse(all.path("network").isEmpty());
        assertEquals(
                "[{\"pid\":\"17\",\"name\":\"a (b) c\",\"state\":\"S\"}]",
                all.path("processes").toString());
        assertTrue(little.path("network").isMissingNode()
                && little.path("processes").isMissingNode());
        assertTrue(little.path("data_dir").path("total_bytes").asLong() > 0, little.toString());
    }

    @Test
    void showsTheNewestLinesOfTheLog() throws Exception {
        for (var minute = 1; minute <= 5; minute++) {
            log.accept(new LogEvent(
                    NOON.minusSeconds(60L * (5 - minute)), Level.INFO, "x", "line " + minute, Map.of(), ""));
        }

        assertEquals(List.of("line 3", "line 4", "line 5"), lines(Map.of()));
        assertEquals(List.of("line 5"), lines(Map.of("lines", "1")));
        assertEquals(List.of("line 4", "line 5"), lines(Map.of("since", "1m30s")));
        assertEquals(List.of("line 5"), lines(Map.of("since", "2026-02-20T13:00:00+01:00")));
    }

    @ParameterizedTest
    @CsvSource({
        "logs.snapshot, lines, 0, a whole number from 1 to 10000",
        "logs.snapshot, lines, 10001, a whole number from 1 to 10000",
        "logs.snapshot, lines, many, a whole number from 1 to 10000",
        "logs.snapshot, since, yesterday, an RFC 3339 time or a duration such as 10m",
        "logs.snapshot, since, -5m, an RFC 3339 time or a duration such as 10m",
        "diagnostics.collect, include_network, maybe, true or false",
    })
    void namesAWrongParameter(String action, String name, String value, String expected) {
        var failure = assertThrows(ActionFailed.class, () -> run(action, Map.of(name, value)));

        assertEquals("parameter " + name + ": \"" + value + "\", expected " + expected, failure.getMessage());
    }

    @Test
    void endsTheProcessAfterItsResult() throws Exception {
        var ended = new boolean[1];
        var restart = actions(Optional.of(() -> ended[0] = true)).stream()
                .filter(action -> action.description().name().equals("service.restart"))
                .findFirst()
                .orElseThrow();

        assertEquals(0, restart.run(Map.of(), Streams.limitedTo(1000)));
        assertFalse(ended[0]);
        restart.afterwards().orElseThrow().run();
        assertTrue(ended[0]);
    }

    private List<String> lines(Map<String, String> parameters) throws Exception {
        return run("logs.snapshot", parameters)
                .lines()
                .map(line -> line.replaceAll(".*msg=\"(.*)\".*", "$1"))
                .toList();
    }

    private JsonNode json(String action, Map<String, String> parameters) throws Exception {
        return new ObjectMapper().readTree(run(action, parameters));
    }

    private String run(String action, Map<String, String> parameters) throws Exception {
        var streams = Streams.limitedTo(1 << 20);
        var found = actions(Optional.empty()).stream()
                .filter(each -> each.description().name().equals(action))
                .findFirst()
                .orElseThrow();
        assertEquals(0, found.run(parameters, streams));
        return streams.stdout().text();
    }

    private List<Action> actions(Optional<Runnable> restart) {
        var facts = new NodeFacts(
                "worker-1",
                "n-1",
                "10.0.0.1",
                "0.1.0",
                () -> 2,
                () -> Optional.of("credential rejected"),
                Map.of("registration.token_value", "[masked]", "api.base_url", "http://control"),
                proc,
                proc,
                NOON.minusSeconds(90),
                () -> NOON);
        return BuiltinActions.of(facts, log, restart);
    }

    private static List<String> names(List<Action> actions) {
        return actions.stream().map(action -> action.description().name()).toList();
    }
}
