package io.nodeplane.plexd.actions.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.ActionConfig;
import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Actions;
import io.nodeplane.plexd.actions.BoundedOutput;
import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.ExecutionResult.Status;
import io.nodeplane.plexd.actions.Executions.Acknowledgement.Accepted;
import io.nodeplane.plexd.actions.Executions.Acknowledgement.Rejected;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.outbox.Outbox;
import io.nodeplane.plexd.outbox.OutboxLimits;
import io.nodeplane.plexd.outbox.OutboxMetrics;
import io.nodeplane.runtime.retry.Backoff;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests against real ledgers and outboxes; a second executor on the same directory is the agent after a restart. */
@Timeout(30)
class ActionExecutorTest {
    @TempDir
    Path directory;

    private final InMemoryExecutions control = new InMemoryExecutions();
    private final InMemoryHooks hooks = new InMemoryHooks();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch after = new CountDownLatch(1);
    private final List<Action> builtins = List.of(
            new ScriptedAction("count", streams -> {
                print(streams.stdout(), "run " + runs.incrementAndGet());
                return 0;
            }),
            new ScriptedAction("fail", streams -> {
                print(streams.stderr(), "no");
                return 3;
            }),
            new ScriptedAction("wait", streams -> {
                print(streams.stdout(), "began");
                running.countDown();
                finish.await();
                return 0;
            }),
            new ScriptedAction("refuse", streams -> {
                throw new ActionFailed("parameter x: \"y\", expected z");
            }),
            new ScriptedAction("bug", streams -> {
                throw new IllegalStateException("secret detail");
            }),
            new ScriptedAction("end", streams -> 0, Optional.of(after::countDown)));
    private final ActionConfig config = new ActionConfig(true, Path.of("/hooks"), 2, Duration.ofSeconds(20), 1024);
    private Outbox<ExecutionResult> results;
    private ActionExecutor executor;

    @BeforeEach
    void make() {
        results = results();
        executor = executor(config);
    }

    @AfterEach
    void stop() {
        finish.countDown();
        executor.close();
        results.close();
    }

    @Test
    void acceptsRunsAndTellsTheResult() throws Exception {
        start();

        executor.request(request("e-1", "count"));

        assertEquals(new Accepted("e-1"), control.next());
        var result = control.nextResult();
        assertEquals(Status.SUCCESS, result.status());
        assertEquals(0, result.exitCode());
        assertEquals("run 1", result.stdout());
        assertEquals(Optional.of("{\"type\":\"user\"}"), result.triggeredBy());
    }

    @Test
    void tellsEveryEnd() throws Exception {
        start();

        assertEnd("fail", Status.FAILED, 3, "no");
        assertEnd("refuse", Status.ERROR, -1, "parameter x: \"y\", expected z");
        assertEnd("bug", Status.ERROR, -1, "the agent failed while it ran the action");
        assertEnd("echo.sh", Status.ERROR, -1, "checksum Optional.empty");
    }

    @Test
    void runsAHookWithTheChecksumOfTheRequest() throws Exception {
        start();

        executor.request(new Execution(
                "e-1",
                "echo.sh",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(InMemoryHooks.ECHO.checksum()),
                Optional.empty()));

        assertEquals(new Accepted("e-1"), control.next());
        var result = control.nextResult();
        assertEquals("FAILED 7 e-1", result.status() + " " + result.exitCode() + " " + result.stdout());
    }

    @Test
    void endsARunAtItsLimitAndKeepsWhatItPrinted() throws Exception {
        start();

        executor.request(request("e-1", "wait", Duration.ofMillis(50)));

        assertEquals(new Accepted("e-1"), control.next());
        var result = control.nextResult();
        assertEquals("TIMEOUT -1 began", result.status() + " " + result.exitCode() + " " + result.stdout());
    }

    @Test
    void doesNotRunWhatHasExpired() throws Exception {
        start();

        executor.request(new Execution(
                "e-1",
                "count",
                Map.of(),
                Optional.empty(),
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                Optional.empty()));

        assertEquals(new Accepted("e-1"), control.next());
        assertEquals(Status.TIMEOUT, control.nextResult().status());
        assertEquals(0, runs.get());
    }

    @Test
    void refusesWhatIsTooMuchOrUnknown() throws Exception {
        start();
        executor.request(request("e-1", "wait"));
        executor.request(request("e-2", "wait"));
        control.next();
        control.next();

        executor.request(request("e-1", "count"));
        executor.request(request("e-3", "count"));
        assertEquals(new Rejected("e-1", Refusal.DUPLICATE_EXECUTION_ID), control.next());
        assertEquals(new Rejected("e-3", Refusal.MAX_CONCURRENT_REACHED), control.next());

        finish.countDown();
        control.nextResult();
        control.nextResult();
        executor.request(request("e-4", "nothing"));
        assertEquals(new Rejected("e-4", Refusal.UNKNOWN_ACTION), control.next());
        assertEquals(0, runs.get());
    }

    @Test
    void refusesEverythingWhenSwitchedOff() throws Exception {
        executor = executor(new ActionConfig(false, Path.of("/hooks"), 2, Duration.ofSeconds(20), 1024));
        start();

        executor.request(request("e-1", "count"));

        assertEquals(new Rejected("e-1", Refusal.ACTIONS_DISABLED), control.next());
    }

    @Test
    void runsAnIdOnceEvenOverARestart() throws Exception {
        start();
        executor.request(request("e-1", "count"));
        control.next();
        control.nextResult();
        executor.request(request("e-1", "count"));
        assertEquals(new Rejected("e-1", Refusal.DUPLICATE_EXECUTION_ID), control.next());

        restart();
        executor.request(request("e-1", "count"));

        assertEquals(new Rejected("e-1", Refusal.DUPLICATE_EXECUTION_ID), control.next());
        assertEquals(1, runs.get());
    }

    @Test
    void runsAnIdThatWasRefusedForTheMoment() throws Exception {
        start();
        executor.request(request("e-1", "nothing"));
        control.next();

        executor.request(request("e-1", "count"));

        assertEquals(new Accepted("e-1"), control.next());
        assertEquals(Status.SUCCESS, control.nextResult().status());
    }

    @Test
    void goesOnWhenTheAnswerCannotBeTold() throws Exception {
        control.refusesAnswers = true;
        start();

        executor.request(request("e-1", "count"));

        assertEquals(Status.SUCCESS, control.nextResult().status());
    }

    @Test
    void cancelsAndTellsItWhenTheAgentStops() throws Exception {
        start();
        executor.request(request("e-1", "wait"));
        assertEquals(new Accepted("e-1"), control.next());
        running.await();

        executor.close();
        results.close();

        var result = control.nextResult();
        assertEquals("CANCELLED -1 began", result.status() + " " + result.exitCode() + " " + result.stdout());
    }

    @Test
    void refusesWhileItStops() throws Exception {
        start();
        executor.close();

        assertThrows(Actions.Refused.class, () -> executor.run(call("count")));
    }

    @Test
    void keepsTheResultOfACancelledRunForALaterProcess() throws Exception {
        start();
        executor.request(request("e-1", "wait"));
        control.next();
        running.await();
        control.away = true;
        executor.close();
        results.close();

        control.away = false;
        restart();

        assertEquals(Status.CANCELLED, control.nextResult().status());
        executor.request(request("e-1", "count"));
        assertEquals(new Rejected("e-1", Refusal.DUPLICATE_EXECUTION_ID), control.next());
    }

    @Test
    void callsARunWhoseEndNobodySawInterruptedAndRunsItNotAgain() throws Exception {
        var begun = new ExecutionLedger.Begun("e-1", "count", Instant.EPOCH, Optional.of("{\"type\":\"user\"}"));
        new ExecutionLedger(directory.resolve("executions.json")).begin(begun);
        executor = executor(config);
        start();

        var result = control.nextResult();

        assertEquals("e-1 ERROR", result.executionId() + " " + result.status());
        assertTrue(result.stderr().contains("interrupted by a restart"), result.stderr());
        assertEquals(Optional.of("{\"type\":\"user\"}"), result.triggeredBy());
        assertEquals(List.of("e-1"), hooks.stopped);
        executor.request(request("e-1", "count"));
        assertEquals(new Rejected("e-1", Refusal.DUPLICATE_EXECUTION_ID), control.next());
        assertEquals(0, runs.get());
    }

    @Test
    void tellsOneEndOnlyWhenTheResultWasStoredJustBeforeTheKill() throws Exception {
        control.away = true;
        start();
        executor.request(request("e-1", "count"));
        control.next();
        while (!results.holds("e-1")) {
            Thread.onSpinWait();
        }
        executor.close();
        results.close();
        // As if the process had been killed between the two writes.
        new ExecutionLedger(directory.resolve("executions.json"))
                .begin(new ExecutionLedger.Begun("e-1", "count", Instant.EPOCH, Optional.empty()));

        control.away = false;
        restart();

        assertEquals(Status.SUCCESS, control.nextResult().status());
        assertTrue(results.awaitEmpty(Duration.ofSeconds(10)));
        assertEquals(0, control.told.size());
    }

    @Test
    void runsNothingThatItCannotRemember() throws Exception {
        Files.writeString(directory.resolve("file"), "no directory");
        executor = executor(config, new ExecutionLedger(directory.resolve("file/executions.json")));
        start();

        executor.request(request("e-1", "count"));

        assertEquals(new Accepted("e-1"), control.next());
        var result = control.nextResult();
        assertEquals(Status.ERROR, result.status());
        assertTrue(result.stderr().contains("cannot store the execution id"), result.stderr());
        assertEquals(0, runs.get());
    }

    @Test
    void endsTheProcessOnlyAfterTheResultWasTold() throws Exception {
        control.away = true;
        start();
        executor.request(request("e-1", "end"));
        assertEquals(new Accepted("e-1"), control.next());
        assertEquals(1, after.getCount());

        control.away = false;

        assertEquals(Status.SUCCESS, control.nextResult().status());
        after.await();
    }

    @Test
    void runsForCallersOnTheNodeAndTellsNobodyElse() throws Exception {
        start();

        var result = executor.run(call("count"));
        var hook = executor.run(call("echo.sh"));

        assertEquals("SUCCESS run 1", result.status() + " " + result.stdout());
        assertEquals(7, hook.exitCode());
        var refused = assertThrows(Actions.Refused.class, () -> executor.run(call("nothing")));
        assertEquals(Refusal.UNKNOWN_ACTION, refused.reason());
        assertEquals(0, control.told.size());
    }

    @Test
    void tellsWhatCanBeRun() {
        var catalogue = executor.catalogue();

        assertEquals(6, catalogue.builtinActions().size());
        assertEquals(List.of(InMemoryHooks.ECHO), catalogue.hooks());
    }

    private void assertEnd(String action, Status status, int code, String stderr) throws InterruptedException {
        executor.request(request("e-" + action, action));
        assertInstanceOf(Accepted.class, control.next());
        var result = control.nextResult();
        assertEquals(
                status + " " + code + " " + stderr, result.status() + " " + result.exitCode() + " " + result.stderr());
    }

    private void start() {
        results.load();
        executor.settle();
        results.start();
        executor.start();
    }

    private void restart() {
        executor.close();
        results.close();
        results = results();
        executor = executor(config);
        start();
    }

    private Outbox<ExecutionResult> results() {
        var tools = new Outbox.Tools(
                Clock.systemUTC(),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 0),
                new Random(1),
                by -> {},
                new OutboxMetrics(new PrometheusRegistry()),
                () -> {});
        return new Outbox<>(
                "results",
                directory.resolve("results"),
                new OutboxLimits(10, 1 << 20, Duration.ofDays(1)),
                new ResultJson(),
                control::result,
                tools);
    }

    private ActionExecutor executor(ActionConfig limits) {
        return executor(limits, new ExecutionLedger(directory.resolve("executions.json")));
    }

    private ActionExecutor executor(ActionConfig limits, ExecutionLedger ledger) {
        return new ActionExecutor(new ActionExecutor.Tools(
                limits,
                builtins,
                hooks,
                control,
                ledger,
                results,
                new ActionMetrics(new PrometheusRegistry()),
                by -> {},
                Clock.systemUTC(),
                duration -> {},
                () -> {}));
    }

    private static Execution request(String id, String action) {
        return request(id, action, Duration.ofSeconds(15));
    }

    private static Execution request(String id, String action, Duration timeout) {
        return new Execution(
                id,
                action,
                Map.of(),
                Optional.of(timeout),
                Optional.empty(),
                Optional.empty(),
                Optional.of("{\"type\":\"user\"}"));
    }

    private static Actions.Call call(String action) {
        return new Actions.Call(action, Map.of(), Optional.empty(), "a test");
    }

    private static void print(BoundedOutput output, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
    }
}
