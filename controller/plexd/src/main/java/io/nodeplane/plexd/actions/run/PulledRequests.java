package io.nodeplane.plexd.actions.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.actions.ActionRequests;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.StateCategory;
import io.nodeplane.plexd.state.StateHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes requests of the executions in a state; see {@link PulledExecutions#into}. */
record PulledRequests(
        PulledExecutions executions, ActionRequests requests, Predicate<String> known, Supplier<List<Hook>> hooks)
        implements StateHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PulledRequests.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        executions.recorded(desired.executions());
        for (var execution : desired.executions()) {
            if (known.test(execution.id()) || !executions.handOn(execution.id())) {
                continue;
            }
            if (execution.progress() == Execution.Progress.STARTED) {
                // Begun by an agent whose memory is gone: it may have run, so it does not run again.
                executions.lost(execution.id());
                continue;
            }
            request(execution);
        }
    }

    private void request(Execution execution) {
        try {
            requests.request(new io.nodeplane.plexd.actions.Execution(
                    execution.id(),
                    execution.action(),
                    texts(execution.parametersJson()),
                    Optional.empty(),
                    execution.expiresAt(),
                    declaredChecksum(execution.action()),
                    Optional.empty()));
        } catch (IllegalArgumentException noId) {
            LOG.atWarn().addKeyValue("reason", noId.getMessage()).log("execution cannot be run and is left alone");
        }
    }

    private Optional<String> declaredChecksum(String action) {
        return hooks.get().stream()
                .filter(hook -> hook.name().equals(action))
                .map(Hook::checksum)
                .findFirst();
    }

    /** Parameters may be any JSON; an action gets texts, so what is no text is handed on as its JSON. */
    private static Map<String, String> texts(String parametersJson) {
        var texts = new HashMap<String, String>();
        try {
            var parameters = MAPPER.readTree(parametersJson);
            parameters
                    .properties()
                    .forEach(each -> texts.put(
                            each.getKey(),
                            each.getValue().isTextual()
                                    ? each.getValue().asText()
                                    : each.getValue().toString()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("parameters are no JSON", impossible);
        }
        return texts;
    }
}
