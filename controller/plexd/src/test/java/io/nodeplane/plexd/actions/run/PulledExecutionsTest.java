package io.nodeplane.plexd.actions.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.ExecutionResult.Status;
import io.nodeplane.plexd.actions.Executions.Acknowledgement;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.state.NodeState.Execution.Progress;
import io.nodeplane.plexd.state.StateHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulledExecutionsTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    private final List<String> told = new ArrayList<>();
    private final List<io.nodeplane.plexd.actions.Execution> requested = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private Optional<ApiException> failure = Optional.empty();
    private final PulledExecutions executions = new PulledExecutions(this::tell);
    private final StateHandler handler =
            executions.into(requested::add, known::contains, () -> List.of(InMemoryHooks.ECHO));

    @Test
    void requestsWhatIsPending() throws Exception {
        handler.handle(state(execution("system.info", Progress.PENDING)));

        assertEquals(
                List.of(new io.nodeplane.plexd.actions.Execution(
                        "e",
                        "system.info",
                        Map.of("lines", "3", "word", "a", "list", "[1]"),
                        Optional.empty(),
                        Optional.of(NOON),
                        Optional.empty(),
                        Optional.empty())),
                requested);
        assertEquals(List.of(), told);
    }

    @Test
    void handsOnWhatIsPendingOnceUnlessThereWasNoRoom() throws Exception {
        var state = state(execution("a", Progress.PENDING));
        handler.handle(state);
        handler.handle(state);
        assertEquals(1, requested.size());

        executions.acknowledge(new Acknowledgement.Rejected("e", Refusal.UNKNOWN_ACTION));
        handler.handle(state);
        assertEquals(1, requested.size());

        executions.acknowledge(new Acknowledgement.Rejected("e", Refusal.MAX_CONCURRENT_REACHED));
        handler.handle(state);
        assertEquals(2, requested.size());
    }

    @Test
    void handsOnAgainWhatCouldNotBeRefused() throws Exception {
        var state = state(execution("a", Progress.PENDING));
        handler.handle(state);
        failure = Optional.of(new ApiException.Unreachable("cut", null));
        assertThrows(
                ApiException.Unreachable.class,
                () -> executions.acknowledge(new Acknowledgement.Rejected("e", Refusal.UNKNOWN_ACTION)));

        handler.handle(state);

        assertEquals(2, requested.size());
    }

    @Test
    void expectsTheDeclaredChecksumOfAHook() throws Exception {
        handler.handle(state(execution("echo.sh", Progress.ACKNOWLEDGED)));

        assertEquals(
                Optional.of(InMemoryHooks.ECHO.checksum()), requested.getFirst().checksum());
    }

    @Test
    void leavesAloneWhatRunsOrWasRun() throws Exception {
        known.add("e");

        handler.handle(state(execution("system.info", Progress.STARTED)));

        assertEquals(List.of(), requested);
        assertEquals(List.of(), told);
    }

    @Test
    void endsWhatWasStartedBySomebodyWhoseMemoryIsGone() throws Exception {
        handler.handle(state(execution("system.info", Progress.STARTED)));

        assertEquals(List.of(), requested);
        assertEquals(List.of("e FAILED interrupted"), told);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {"PENDING      | e ACKNOWLEDGED , e STARTED ", "ACKNOWLEDGED | e STARTED ", "STARTED      | ''"})
    void walksOnlyLegalEdges(Progress progress, String steps) throws Exception {
        known.add("e");
        handler.handle(state(execution("a", progress)));

        executions.acknowledge(new Acknowledgement.Accepted("e"));
        executions.result(result(Status.SUCCESS, 0, "out", ""));

        var walked = steps.strip().isEmpty() ? "" : steps.stripLeading().stripTrailing() + " , ";
        assertEquals(
                ("[" + walked + "e SUCCEEDED  0 out]").replace(" ", ""),
                told.toString().replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, 0, SUCCEEDED, '', 0",
        "FAILED, 3, FAILED, '', 3",
        "TIMEOUT, -1, FAILED, timeout, ''",
        "ERROR, -1, FAILED, error, ''",
        "CANCELLED, -1, CANCELLED, '', ''",
    })
    void tellsEveryEnd(Status status, int code, String progress, String error, String toldCode) throws Exception {
        known.add("e");
        handler.handle(state(execution("a", Progress.STARTED)));

        executions.result(result(status, code, "out", "err"));

        var words = List.of("e", progress, error, toldCode, "outerr").stream()
                .filter(word -> !word.isEmpty())
                .toList();
        assertEquals(String.join(" ", words), told.getFirst().replaceAll(" +", " "));
    }

    @Test
    void cutsWhatACallbackCannotCarry() throws Exception {
        executions.result(result(Status.SUCCESS, 0, "x".repeat(20_000), ""));

        var last = told.getLast();
        assertTrue(last.endsWith("x\n...[truncated]") && last.length() < (16 << 10) + 20, last.length() + "");
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN_ACTION, 3", "ACTIONS_DISABLED, 3", "SHUTTING_DOWN, 0", "MAX_CONCURRENT_REACHED, 0"})
    void tellsRefusalsButNoBackPressure(Refusal refusal, int steps) throws Exception {
        executions.acknowledge(new Acknowledgement.Rejected("e", refusal));

        assertEquals(steps, told.size());
        assertTrue(steps == 0 || told.getLast().equals("e FAILED " + refusal.word()), told.toString());
    }

    @Test
    void goesOnWhenAStepIsRecordedAlready() throws Exception {
        failure = Optional.of(new ApiException.Rejected(409, "invalid_state_transition"));

        executions.result(result(Status.SUCCESS, 0, "", ""));

        assertEquals(List.of("e ACKNOWLEDGED", "e STARTED", "e SUCCEEDED 0"), told);
    }

    @Test
    void keepsAResultWhenTheControlPlaneIsAway() {
        failure = Optional.of(new ApiException.Unreachable("cut", null));

        assertThrows(ApiException.Unreachable.class, () -> executions.result(result(Status.SUCCESS, 0, "", "")));
    }

    private Optional<String> tell(String id, ExecutionCallbacks.Step step) throws ApiException {
        var output = step.output()
                .map(each -> each instanceof Output.Inline inline ? new String(inline.bytes(), UTF_8) : "stored")
                .orElse("");
        var code = step.exitCode().isPresent() ? String.valueOf(step.exitCode().getAsInt()) : "";
        told.add(String.join(" ", id, step.progress().toString(), step.error(), code, output)
                .replaceAll(" +", " ")
                .strip());
        if (failure.isPresent()) {
            throw failure.get();
        }
        return Optional.empty();
    }

    private static ExecutionResult result(Status status, int code, String stdout, String stderr) {
        return new ExecutionResult("e", status, code, stdout, stderr, Duration.ZERO, NOON, Optional.empty());
    }

    private static Execution execution(String action, Progress progress) {
        return new Execution(
                "e",
                action,
                false,
                "{\"lines\":3,\"word\":\"a\",\"list\":[1]}",
                progress,
                Optional.empty(),
                Optional.of(NOON));
    }

    private static NodeState state(Execution execution) {
        return new NodeState(
                List.of(), List.of(), Optional.empty(), Map.of(), List.of(), List.of(), Map.of(), List.of(execution));
    }
}
