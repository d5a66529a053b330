package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import io.nodeplane.runtime.logging.LogBuffer;
import io.nodeplane.runtime.logging.LogEvent;
import io.nodeplane.runtime.logging.Logging;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table "Structured logging", line by line (seed "PlexdHook CRD Reference"). */
class HookTellingTest {
    private static final HookObserved HOOK = Hooks.hook("check", Hooks.spec(new Target.AnyNode()));
    private static final JobObserved JOB = Hooks.job(HOOK, "node-a", Phase.PENDING);

    private final LogBuffer log = new LogBuffer(100);
    private final InMemorySurroundings surroundings = new InMemorySurroundings();
    private final HookTelling telling =
            new HookTelling(surroundings, new HookMetrics(new PrometheusRegistry()), "node-a");

    @BeforeEach
    void listen() {
        Logging.attach(log);
    }

    @AfterEach
    void detach() {
        Logging.detach(log);
    }

    @Test
    void tellsTheStart() {
        telling.started("plexd-system");

        said("INFO Controller started", Map.of("namespace", "plexd-system", "node", "node-a"));
    }

    @Test
    void tellsOfAJob() {
        telling.created(HOOK, JOB);

        said("INFO Job created", Map.of("hook", "check", "job", "plexdhook-check", "node", "node-a"));
        assertEquals(List.of("check JobCreated"), surroundings.events());
    }

    @Test
    void tellsOfAJobThatExists() {
        telling.exists(HOOK, JOB);

        said("INFO Job already exists", Map.of("hook", "check", "job", "plexdhook-check"));
    }

    @Test
    void tellsOfAJobThatCouldNotBeMade() {
        telling.notCreated(HOOK, "forbidden", false);

        said("ERROR Job creation failed", Map.of("hook", "check", "error", "forbidden"));
    }

    @Test
    void tellsOfAStatusThatCouldNotBeWritten() {
        telling.notWritten("check", "timeout", false);

        said("WARN Status update failed", Map.of("hook", "check", "error", "timeout"));
    }

    @Test
    void saysTheSameFailureOnce() {
        telling.notWritten("check", "timeout", true);
        telling.notCreated(HOOK, "timeout", true);

        assertEquals(List.of(), events());
    }

    private void said(String line, Map<String, String> fields) {
        var expected = new HashMap<>(fields);
        expected.put("component", "plexdhook-controller");
        var events = events();
        assertEquals(
                List.of(line),
                events.stream()
                        .map(event -> event.level() + " " + event.message())
                        .toList());
        assertEquals(expected, events.getFirst().fields());
    }

    private List<LogEvent> events() {
        return log.drain(100).stream()
                .filter(event -> event.fields().containsKey("component"))
                .toList();
    }
}
