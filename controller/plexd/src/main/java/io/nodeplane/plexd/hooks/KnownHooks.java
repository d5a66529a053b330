package io.nodeplane.plexd.hooks;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the watches said last, and our own writes until the watches say more. Thread-safe. */
final class KnownHooks {
    private final Map<String, HookObserved> hooks = new ConcurrentHashMap<>();
    private final Map<String, JobObserved> jobs = new ConcurrentHashMap<>();

    void put(HookObserved hook) {
        hooks.put(hook.name(), hook);
    }

    void remove(HookObserved hook) {
        hooks.remove(hook.name());
    }

    Optional<HookObserved> hook(String name) {
        return Optional.ofNullable(hooks.get(name));
    }

    /** Takes the answer to a write as what is; unless the watch said something since the hook was seen, which is newer. */
    void replace(HookObserved seen, HookObserved written) {
        hooks.computeIfPresent(seen.name(), (name, now) -> now.equals(seen) ? written : now);
    }

    void put(JobObserved job) {
        jobs.put(job.name(), job);
    }

    /** A Job that was just made: the watch may know more about it already. */
    void putIfNew(JobObserved job) {
        jobs.merge(job.name(), job, (known, made) -> known.uid().equals(made.uid()) ? known : made);
    }

    /** Takes what was found out about a Job, unless the watch said something meanwhile. */
    void replace(JobObserved seen, JobObserved more) {
        jobs.replace(seen.name(), seen, more);
    }

    void remove(JobObserved job) {
        jobs.computeIfPresent(job.name(), (name, known) -> known.uid().equals(job.uid()) ? null : known);
    }

    /** The hook's Job on the node. */
    Optional<JobObserved> job(HookObserved hook, String node) {
        return Optional.ofNullable(jobs.get(HookDesired.jobName(hook, node)))
                .filter(job -> job.belongsTo(hook) && job.node().equals(node));
    }

    Stream<JobObserved> unfinishedJobs() {
        return jobs.values().stream().filter(job -> !job.phase().isFinal());
    }
}
