package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.ActionConfig;
import io.nodeplane.plexd.actions.ActionRequests;
import io.nodeplane.plexd.actions.Actions;
import io.nodeplane.plexd.actions.AdmissionPlan;
import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions;
import io.nodeplane.plexd.actions.Executions.Acknowledgement;
import io.nodeplane.plexd.actions.Hooks;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.outbox.Outbox;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs actions: what the control plane requests, at most once per id even over restarts, and what callers on the node ask for.
 *
 * <p>An id is on disk before its action begins and until its result is; see {@link ExecutionLedger} and {@link Outbox}. Thread-safe.
 */
public final class ActionExecutor implements ActionRequests, Actions, Part {
    private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);

    /** For cancelled executions to end: killing and reading the rest, within the 10 s that a stop may take (protocol facts 8.6). */
    private static final Duration STOP_LIMIT = Duration.ofMillis(2_500);

    /** How long an action that ends the process waits for its own result to be told. */
    private static final Duration TELL_LIMIT = Duration.ofSeconds(5);

    /** For a caller on the node to read the answer of an action that ends the process. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(1);

    /** What the executor works with. */
    public record Tools(
            ActionConfig config,
            List<Action> builtins,
            Hooks hooks,
            Executions executions,
            ExecutionLedger ledger,
            Outbox<ExecutionResult> results,
            ActionMetrics metrics,
            CredentialRejected rejected,
            InstantSource clock,
            Sleeper sleeper,
            Runnable onDeath) {
        public Tools {
            builtins = List.copyOf(builtins);
        }
    }

    private final Tools tools;
    private final ActionConfig config;
    private final Map<String, Action> builtins = new HashMap<>();
    private final AckQueue acks;
    private final Worker acknowledging;
    private final Map<String, ActionRun> running = new HashMap<>();
    private boolean stopping;

    /** Runs nothing yet. */
    public ActionExecutor(Tools tools) {
        this.tools = tools;
        this.config = tools.config();
        tools.builtins().forEach(action -> builtins.put(action.description().name(), action));
        this.acks = new AckQueue(tools.executions(), tools.rejected(), tools.metrics());
        this.acknowledging = new Worker("action-acks", acks, tools.onDeath());
    }

    @Override
    public String name() {
        return "actions";
    }

    /**
     * Tells the end of what a kill of the process cut off, and ends what it left running. Once, when the results of the earlier process
     * are loaded and before the first of them is delivered: a result that has left its outbox would be taken for none.
     */
    public void settle() {
        for (var begun : tools.ledger().unfinished()) {
            tools.hooks().stop(begun.id());
            if (tools.results().holds(begun.id())) {
                tools.ledger().finish(begun.id());
                continue;
            }
            LOG.atWarn()
                    .addKeyValue("execution", begun.id())
                    .addKeyValue("action", begun.action())
                    .log("action was interrupted by a restart and is not run again");
            deliver(Interrupted.result(begun, tools.clock().instant()));
        }
    }

    @Override
    public void start() {
        acknowledging.start();
    }

    /** Cancels what runs; the results are in the outbox when it returns, if they end in time. */
    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
            running.values().forEach(ActionRun::cancel);
        }
        try {
            awaitIdle();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        acknowledging.close();
    }

    /** Whether an execution of this id runs or was run here. */
    public synchronized boolean knows(String id) {
        return running.containsKey(id) || tools.ledger().knows(id);
    }

    @Override
    public void request(Execution request) {
        var run = runOf(request);
        var refusal = admit(run);
        if (refusal.isPresent()) {
            LOG.atInfo()
                    .addKeyValue("execution", request.id())
                    .addKeyValue("action", request.action())
                    .addKeyValue("reason", refusal.get().word())
                    .log("action refused");
            acks.later(new Acknowledgement.Rejected(request.id(), refusal.get()));
            return;
        }
        new Worker("action", () -> serve(run), tools.onDeath()).start();
    }

    /** Switched off, the built-in actions stay known: the contract wants at least one, and has a word for the refusal. */
    @Override
    public Catalogue catalogue() {
        return new Catalogue(
                tools.builtins().stream().map(Action::description).toList(),
                tools.hooks().list());
    }

    @Override
    public List<Hook> reloadHooks() {
        return config.enabled() ? tools.hooks().reload() : List.of();
    }

    @Override
    public ExecutionResult run(Call call) throws Refused, InterruptedException {
        var id = "local-" + UUID.randomUUID();
        var request = new Execution(
                id,
                call.action(),
                call.parameters(),
                call.timeout(),
                Optional.empty(),
                hook(call.action()).map(Hook::checksum),
                Optional.empty());
        var run = runOf(request);
        var refusal = admit(run);
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
        LOG.atInfo()
                .addKeyValue("action", call.action())
                .addKeyValue("by", call.askedBy())
                .log("action run for a caller on the node");
        try {
            var result = ended(run, run.within(limit(request)));
            afterwards(result, request)
                    .ifPresent(next -> new Worker("action-end", () -> pauseAndRun(next), tools.onDeath()).start());
            return result;
        } finally {
            leave(run);
        }
    }

    private ActionRun runOf(Execution request) {
        return new ActionRun(request, config.maxOutputBytes(), tools.clock(), streams -> {
            var builtin = builtins.get(request.action());
            if (builtin != null) {
                return builtin.run(request.parameters(), streams);
            }
            var call = new Hooks.Call(request.action(), request.id(), request.parameters(), request.checksum());
            return tools.hooks().run(call, streams);
        });
    }

    private synchronized Optional<Refusal> admit(ActionRun run) {
        var request = run.request();
        var refusal = AdmissionPlan.of(new AdmissionPlan.Observed(
                        config.enabled(),
                        stopping,
                        knows(request.id()),
                        running.size(),
                        config.maxConcurrent(),
                        builtins.containsKey(request.action())
                                || hook(request.action()).isPresent()))
                .refusal();
        refusal.ifPresentOrElse(tools.metrics()::refused, tools.metrics()::accepted);
        if (refusal.isEmpty()) {
            running.put(request.id(), run);
            tools.metrics().running(running.size());
        }
        return refusal;
    }

    private synchronized void leave(ActionRun run) {
        running.remove(run.request().id());
        tools.metrics().running(running.size());
        notifyAll();
    }

    private synchronized void awaitIdle() throws InterruptedException {
        var deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (!running.isEmpty() && System.nanoTime() < deadline) {
            wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
    }

    /** From the accepted request to the stored result. */
    private void serve(ActionRun run) throws InterruptedException {
        var request = run.request();
        try {
            var notRecorded = begin(request);
            acks.now(new Acknowledgement.Accepted(request.id()));
            var result = notRecorded.isPresent() ? run.notRun(notRecorded.get()) : run.within(limit(request));
            deliver(ended(run, result));
            leave(run);
            var next = afterwards(result, request);
            if (next.isPresent()) {
                var _ = tools.results().awaitEmpty(TELL_LIMIT);
                next.get().run();
            }
        } finally {
            leave(run);
        }
    }

    /** Without a note on disk nothing is run: after a restart nobody would know that it was. */
    private Optional<String> begin(Execution request) {
        try {
            tools.ledger()
                    .begin(new ExecutionLedger.Begun(
                            request.id(), request.action(), tools.clock().instant(), request.triggeredBy()));
            return Optional.empty();
        } catch (IOException refused) {
            LOG.atWarn()
                    .addKeyValue("execution", request.id())
                    .addKeyValue("reason", refused.toString())
                    .log("execution cannot be remembered and is not run");
            return Optional.of("not run: the node cannot store the execution id (" + refused + ")");
        }
    }

    private ExecutionResult ended(ActionRun run, ExecutionResult result) {
        tools.metrics().ended(result.status());
        LOG.atInfo()
                .addKeyValue("execution", result.executionId())
                .addKeyValue("action", run.request().action())
                .addKeyValue("status", result.status().word())
                .addKeyValue("took_ms", result.duration().toMillis())
                .log("action ended");
        return result;
    }

    private void deliver(ExecutionResult result) {
        tools.results().put(result, () -> tools.ledger().finish(result.executionId()));
    }

    private Duration limit(Execution request) {
        var declared = hook(request.action()).flatMap(Hook::timeout);
        return RunLimit.of(request, declared, config.maxTimeout(), tools.clock().instant());
    }

    /** A built-in action wins over a hook of its name. */
    private Optional<Hook> hook(String name) {
        if (builtins.containsKey(name)) {
            return Optional.empty();
        }
        return tools.hooks().list().stream()
                .filter(hook -> hook.name().equals(name))
                .findFirst();
    }

    private Optional<Runnable> afterwards(ExecutionResult result, Execution request) {
        return Optional.ofNullable(builtins.get(request.action()))
                .filter(_ -> result.status() == ExecutionResult.Status.SUCCESS)
                .flatMap(Action::afterwards);
    }

    private void pauseAndRun(Runnable next) throws InterruptedException {
        tools.sleeper().sleep(ANSWER_TIME);
        next.run();
    }
}
