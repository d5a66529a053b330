package io.nodeplane.plexd.capabilities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.NodeState.Execution.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionRefusalsTest {
    private final List<String> told = new ArrayList<>();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PENDING      | [e ACKNOWLEDGED , e STARTED , e FAILED actions_disabled]",
                "ACKNOWLEDGED | [e STARTED , e FAILED actions_disabled]",
                "STARTED      | [e FAILED actions_disabled]"
            })
    void walksOnlyLegalEdgesToTheEnd(Progress recorded, String steps) throws Exception {
        refusals().handle(state(recorded));

        assertEquals(steps, told.toString());
    }

    @Test
    void leavesAloneWhatIsOverAlready() throws Exception {
        var over = new ExecutionRefusals((id, step) -> {
            throw new ApiException.Rejected(409, "execution_already_terminal");
        });

        over.handle(state(Progress.PENDING));
    }

    @Test
    void isTriedAgainWhenTheControlPlaneIsAway() {
        var away = new ExecutionRefusals((id, step) -> {
            throw new ApiException.Unreachable("cut", null);
        });

        assertThrows(ApiException.Unreachable.class, () -> away.handle(state(Progress.PENDING)));
    }

    private ExecutionRefusals refusals() {
        return new ExecutionRefusals((id, step) -> {
            told.add(id + " " + step.progress() + " " + step.error());
            return Optional.empty();
        });
    }

    private static NodeState state(Progress recorded) {
        var execution = new Execution("e", "system.info", false, "null", recorded, Optional.empty(), Optional.empty());
        return new NodeState(
                List.of(), List.of(), Optional.empty(), Map.of(), List.of(), List.of(), Map.of(), List.of(execution));
    }
}
