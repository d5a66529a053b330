package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ActionRequests;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Progress;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Step;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.Uploads;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.StateHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executions that come with the state, told step by step over the legal edges (protocol facts 8.3).
 *
 * <p>A step that the control plane has already recorded, or that is not ours to tell, is refused with 409 or 403: the execution is
 * abandoned then, and the next state shows what is left. Thread-safe.
 */
public final class PulledExecutions implements Executions {
    private static final Logger LOG = LoggerFactory.getLogger(PulledExecutions.class);

    /** Told of an execution that is recorded as started, and that this node knows nothing of. */
    private static final String LOST = "interrupted";

    private final ExecutionCallbacks callbacks;
    private final OutputPlaces outputs;
    private final Map<String, Execution.Progress> recorded = new ConcurrentHashMap<>();
    private final Set<String> handedOn = ConcurrentHashMap.newKeySet();

    /**
     * Knows of no execution yet.
     *
     * @param uploads takes outputs that no callback can carry
     */
    public PulledExecutions(ExecutionCallbacks callbacks, Uploads uploads) {
        this.callbacks = callbacks;
        this.outputs = new OutputPlaces(callbacks, uploads);
    }

    /**
     * Hands on what each new state wants to be run.
     *
     * @param known whether an id runs or was run here
     * @param hooks those of the node, whose declared checksums are the ones that are expected
     */
    public StateHandler into(ActionRequests requests, Predicate<String> known, Supplier<List<Hook>> hooks) {
        return new PulledRequests(this, requests, known, hooks);
    }

    /**
     * The control plane's word on how far its executions are; those it no longer names are forgotten. A state that was pulled before a
     * step was told does not take the step back.
     */
    void recorded(List<Execution> executions) {
        var named = executions.stream().map(Execution::id).collect(Collectors.toSet());
        recorded.keySet().retainAll(named);
        handedOn.retainAll(named);
        executions.forEach(
                execution -> recorded.merge(execution.id(), execution.progress(), PulledExecutions::further));
    }

    /** Whether it is not handed on yet; from now on it is. A state may be pulled again before an answer was told. */
    boolean handOn(String executionId) {
        return handedOn.add(executionId);
    }

    /** Ends one that is recorded as started and whose end nobody will ever see. */
    void lost(String executionId) throws ApiException, InterruptedException {
        tell(executionId, Step.refused(LOST));
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) throws ApiException, InterruptedException {
        switch (acknowledgement) {
            case Acknowledgement.Accepted accepted -> start(accepted.executionId());
            case Acknowledgement.Rejected rejected -> refuse(rejected.executionId(), rejected.reason());
        }
    }

    /** Back-pressure is not told: what stays pending is handed on again with a later state. */
    private void refuse(String executionId, Refusal reason) throws ApiException, InterruptedException {
        switch (reason) {
            case ACTIONS_DISABLED, UNKNOWN_ACTION -> {
                try {
                    start(executionId);
                    tell(executionId, Step.refused(reason.word()));
                } catch (ApiException notTold) {
                    handedOn.remove(executionId);
                    throw notTold;
                }
            }
            case SHUTTING_DOWN, DUPLICATE_EXECUTION_ID, MAX_CONCURRENT_REACHED -> {
                handedOn.remove(executionId);
                LOG.atDebug()
                        .addKeyValue("execution", executionId)
                        .addKeyValue("reason", reason.word())
                        .log("pulled execution is left as it is");
            }
        }
    }

    @Override
    public void result(ExecutionResult result) throws ApiException, InterruptedException {
        var id = result.executionId();
        start(id);
        var printed = Printed.of(result);
        var output = outputs.of(id, printed);
        try {
            tell(id, PulledResult.step(result, output));
        } catch (ApiException.Rejected refused) {
            if (output.filter(Output.Stored.class::isInstance).isEmpty()) {
                throw refused;
            }
            // The control plane has another idea of what was uploaded.
            tell(id, PulledResult.step(result, Optional.of(outputs.cut(id, printed, refused))));
        }
        outputs.forget(id);
    }

    /** Walks to {@code started}; what has been recorded is not told again. After a restart nothing is known, and 409 tells. */
    private void start(String executionId) throws ApiException, InterruptedException {
        var from = recorded.getOrDefault(executionId, Execution.Progress.PENDING);
        if (from == Execution.Progress.PENDING) {
            tell(executionId, Step.of(Progress.ACKNOWLEDGED));
            advance(executionId, Execution.Progress.ACKNOWLEDGED);
        }
        if (from != Execution.Progress.STARTED) {
            tell(executionId, Step.of(Progress.STARTED));
            advance(executionId, Execution.Progress.STARTED);
        }
    }

    private void advance(String executionId, Execution.Progress told) {
        recorded.computeIfPresent(executionId, (_, known) -> further(known, told));
    }

    private static Execution.Progress further(Execution.Progress one, Execution.Progress other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private void tell(String executionId, Step step) throws ApiException, InterruptedException {
        try {
            var _ = callbacks.tell(executionId, step);
        } catch (ApiException.Rejected refused) {
            if (refused.status() != 403 && refused.status() != 409) {
                throw refused;
            }
            LOG.atDebug()
                    .addKeyValue("execution", executionId)
                    .addKeyValue("reason", refused.getMessage())
                    .log("step of an execution is not taken");
        }
    }
}
