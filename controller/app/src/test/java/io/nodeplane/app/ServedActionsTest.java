package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.actions.Actions;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.ExecutionResult.Status;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.nodeapi.services.NodeActions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedActionsTest {
    private static final Capabilities.Hook HOOK =
            new Capabilities.Hook("a.sh", "does", "local", "ab", List.of(), Optional.of(Duration.ofSeconds(90)), true);

    @Test
    void tellsHooksWithTheirTimeoutAsText() {
        var served = new ServedActions(new Scripted(Status.SUCCESS, ""));

        assertEquals(
                List.of(new NodeActions.Hook("a.sh", "does", "local", "ab", List.of(), "1m30s", true)),
                served.catalogue().hooks());
        assertEquals(served.catalogue().hooks(), served.reloadHooks());
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, '', success, ''",
        "FAILED, no, failed, no",
        "ERROR, why, error, why",
        "TIMEOUT, '', error, timeout",
        "CANCELLED, half, error, 'half\ncancelled'",
    })
    void hasOneOfThreeEnds(Status end, String stderr, String status, String told) throws Exception {
        var result = new ServedActions(new Scripted(end, stderr)).run(call("a.sh"));

        assertEquals(new NodeActions.Result(status, 7, "out", told), result);
    }

    @Test
    void saysWhyNothingIsRun() {
        var served = new ServedActions(new Scripted(Status.SUCCESS, ""));

        var refused = assertThrows(NodeActions.Unavailable.class, () -> served.run(call("other")));

        assertEquals("unknown_action", refused.getMessage());
    }

    private static NodeActions.Call call(String action) {
        return new NodeActions.Call(action, Map.of(), Optional.empty(), "a test");
    }

    private record Scripted(Status end, String stderr) implements Actions {
        @Override
        public Catalogue catalogue() {
            return new Catalogue(List.of(), List.of(HOOK));
        }

        @Override
        public ExecutionResult run(Call call) throws Refused {
            if (!call.action().equals("a.sh")) {
                throw new Refused(Refusal.UNKNOWN_ACTION);
            }
            return new ExecutionResult(
                    "local-1", end, 7, "out", stderr, Duration.ZERO, Instant.EPOCH, Optional.empty());
        }

        @Override
        public List<Capabilities.Hook> reloadHooks() {
            return List.of(HOOK);
        }
    }
}
