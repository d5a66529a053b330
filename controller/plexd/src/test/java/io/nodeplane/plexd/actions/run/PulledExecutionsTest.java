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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PulledExecutionsTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    /** One byte more than a callback may carry. */
    private static final ExecutionResult LONG = result(Status.SUCCESS, 0, "x".repeat(16_000), "y".repeat(385));

    private static final String LONG_DIGEST = "ac5c6c543c7ac750cb7afeeecde53904b91cbf63d6e29480f02180c9434ee02f";

    private final List<String> told = new ArrayList<>();
    private final List<io.nodeplane.plexd.actions.Execution> requested = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private Optional<ApiException> failure = Optional.empty();
    private final Queue<ApiException> notUploaded = new ArrayDeque<>();
    private Optional<String> place = Optional.of("http://store/exec-output/e?token=t");
    private Optional<ApiException> storedRefused = Optional.empty();
    private final PulledExecutions executions = new PulledExecutions(this::tell, this::put);
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

    @ParameterizedTest
    @EnumSource(Progress.class)
    void tellsNoStepAgainForAStateThatWasPulledBeforeIt(Progress older) throws Exception {
        known.add("e");
        handler.handle(state(execution("a", Progress.PENDING)));
        executions.acknowledge(new Acknowledgement.Accepted("e"));

        handler.handle(state(execution("a", older)));
        executions.result(result(Status.SUCCESS, 0, "out", ""));

        assertEquals(List.of("e ACKNOWLEDGED", "e STARTED", "e SUCCEEDED 0 out"), told);
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
    void tellsInTheCallbackWhatItCanCarry() throws Exception {
        executions.result(result(Status.SUCCESS, 0, "x".repeat(16_000), "y".repeat(384)));

        assertEquals(
                List.of("e ACKNOWLEDGED", "e STARTED", "e SUCCEEDED 0 " + "x".repeat(16_000) + "y".repeat(384)), told);
    }

    @Test
    void uploadsWhatACallbackCannotCarry() throws Exception {
        executions.result(LONG);

        assertEquals(
                List.of(
                        "e ACKNOWLEDGED",
                        "e STARTED",
                        "e STARTED 16385 bytes to come",
                        "http://store/exec-output/e?token=t < " + "x".repeat(16_000) + "y".repeat(385),
                        "e SUCCEEDED 0 exec-output/e " + LONG_DIGEST),
                told);
    }

    /** Refused, not where anything may be sent, not to be had at all: no attempt would change that. */
    @ParameterizedTest
    @ValueSource(ints = {403, 413, 501})
    void tellsACutOutputAndThatItIsCutWhenTheUploadIsRefused(int status) throws Exception {
        notUploaded.add(
                status == 501
                        ? new ApiException.ServerFault(status, "not here")
                        : new ApiException.Rejected(status, "no"));

        executions.result(LONG);

        assertCut();
    }

    @Test
    void tellsACutOutputWhenNoPlaceIsNamed() throws Exception {
        place = Optional.empty();

        executions.result(LONG);

        assertCut();
    }

    @Test
    void triesAnUploadAgainBeforeTheOutputIsCut() throws Exception {
        for (var attempt = 1; attempt <= OutputPlaces.ATTEMPTS; attempt++) {
            notUploaded.add(new ApiException.Unreachable("cut off", null));
        }

        for (var attempt = 1; attempt < OutputPlaces.ATTEMPTS; attempt++) {
            assertThrows(ApiException.Unreachable.class, () -> executions.result(LONG));
        }
        assertTrue(told.stream().noneMatch(step -> step.contains("SUCCEEDED")), told.toString());
        executions.result(LONG);

        assertCut();
    }

    @Test
    void takesAPlaceThatWasUsedForItsOwnEarlierAttempt() throws Exception {
        notUploaded.add(new ApiException.Rejected(409, "used"));

        executions.result(LONG);

        assertEquals("e SUCCEEDED 0 exec-output/e " + LONG_DIGEST, told.getLast());
    }

    @Test
    void tellsACutOutputWhenTheUploadedOneIsNotBelieved() throws Exception {
        storedRefused = Optional.of(new ApiException.Rejected(400, "another digest"));

        executions.result(LONG);

        assertCut();
    }

    private void assertCut() {
        var last = told.getLast();
        assertTrue(last.startsWith("e SUCCEEDED 0 xxx"), last);
        assertTrue(last.endsWith("\n...[truncated] 16385 bytes in all, the upload failed"), last);
        assertTrue(last.length() - "e SUCCEEDED 0 ".length() <= Printed.MAX_INLINE, last.length() + " characters");
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
        var output = step.output().map(PulledExecutionsTest::shown).orElse("");
        var code = step.exitCode().isPresent() ? String.valueOf(step.exitCode().getAsInt()) : "";
        var size = step.declaredOutputBytes().isPresent()
                ? step.declaredOutputBytes().getAsLong() + " bytes to come"
                : "";
        told.add(String.join(" ", id, step.progress().toString(), step.error(), code, size, output)
                .replaceAll(" +", " ")
                .strip());
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (storedRefused.isPresent()
                && step.output().filter(Output.Stored.class::isInstance).isPresent()) {
            throw storedRefused.get();
        }
        return step.declaredOutputBytes().isPresent() ? place : Optional.empty();
    }

    private static String shown(Output output) {
        return switch (output) {
            case Output.Inline inline -> new String(inline.bytes(), UTF_8);
            case Output.Stored stored -> stored.objectKey() + " " + stored.sha256();
        };
    }

    private void put(String url, List<byte[]> parts) throws ApiException {
        var refused = notUploaded.poll();
        if (refused != null) {
            throw refused;
        }
        told.add(url + " < "
                + parts.stream().map(part -> new String(part, UTF_8)).collect(Collectors.joining()));
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
