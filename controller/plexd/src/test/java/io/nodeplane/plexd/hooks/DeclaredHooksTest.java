package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.capabilities.Capabilities.PlexdHook;
import io.nodeplane.plexd.cluster.ClusterFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeclaredHooksTest {
    private static final HookController.Settings SETTINGS =
            HookController.Settings.of("node-a", "plexd-system", Hooks.RULES);

    private final List<Duration> slept = new ArrayList<>();
    private final List<List<PlexdHook>> told = new ArrayList<>();
    private int failures;

    @Test
    void looksOnceAndTells() throws Exception {
        var hooks = hooks();

        hooks.run();

        assertEquals(List.of(hooks.found()), told);
        assertEquals("trim", hooks.found().getFirst().name());
        assertEquals(List.of(), slept);
    }

    @Test
    void looksAgainUntilItIsAnswered() throws Exception {
        failures = 2;
        var hooks = hooks();

        hooks.run();

        assertEquals(2, slept.size());
        assertEquals(1, told.size());
    }

    @Test
    void keepsNobodyWaitingWhenTheApiServerIsAway() throws Exception {
        failures = 1;
        var hooks = hooks();
        var before = System.nanoTime();
        hooks.awaitFirstLook(Duration.ofMillis(5));
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(10).toNanos());

        hooks.run();

        hooks.awaitFirstLook(Duration.ofDays(1));
    }

    private DeclaredHooks hooks() {
        var hooks = new DeclaredHooks(this::list, SETTINGS, slept::add, new Random(1));
        hooks.onFound(told::add);
        return hooks;
    }

    private List<HookObserved> list(String node) throws ClusterFault {
        if (failures-- > 0) {
            throw new ClusterFault(ClusterFault.Kind.UNAVAILABLE, "away", null);
        }
        var plain = HookSpec.JobTemplate.DEFAULT;
        var template = new HookSpec.JobTemplate(
                "trim@sha256:" + "0a".repeat(32),
                List.of(),
                List.of(),
                Optional.empty(),
                plain.requests(),
                plain.limits(),
                List.of(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.empty());
        return List.of(Hooks.hook(
                "trim-1", new HookSpec("trim", new HookSpec.Target.OneNode(node), template, List.of(), false)));
    }
}
