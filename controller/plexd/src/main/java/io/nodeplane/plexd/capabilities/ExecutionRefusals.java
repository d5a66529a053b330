package io.nodeplane.plexd.capabilities;

import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Progress;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Step;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.StateCategory;
import io.nodeplane.plexd.state.StateHandler;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends every execution that is pulled as failed, because this agent runs only those that are pushed: told instead of ignored, so
 * that whoever asked does not wait for the expiry.
 */
public record ExecutionRefusals(ExecutionCallbacks callbacks) implements StateHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionRefusals.class);

    @Override
    public String name() {
        return "executions";
    }

    @Override
    public Set<StateCategory> categories() {
        return Set.of(StateCategory.EXECUTIONS);
    }

    @Override
    public void handle(NodeState desired) throws ApiException, InterruptedException {
        for (var execution : desired.executions()) {
            refuse(execution);
        }
    }

    private void refuse(Execution execution) throws ApiException, InterruptedException {
        try {
            for (var progress : untilStarted(execution.progress())) {
                var _ = callbacks.tell(execution.id(), Step.of(progress));
            }
            var _ = callbacks.tell(execution.id(), Step.refused(Refusal.ACTIONS_DISABLED.word()));
            LOG.atInfo()
                    .addKeyValue("action", execution.action())
                    .log("action refused: this agent runs no pulled ones yet");
        } catch (ApiException.Rejected over) {
            // 403 and 409: it is not ours or already over, and the next pull shows what is left (facts 8.3).
            LOG.atDebug()
                    .addKeyValue("action", execution.action())
                    .addKeyValue("reason", over.getMessage())
                    .log("execution abandoned");
        }
    }

    /** Only legal edges may be walked, so a refusal too goes through them. */
    private static List<Progress> untilStarted(Execution.Progress recorded) {
        return switch (recorded) {
            case PENDING -> List.of(Progress.ACKNOWLEDGED, Progress.STARTED);
            case ACKNOWLEDGED -> List.of(Progress.STARTED);
            case STARTED -> List.of();
        };
    }
}
