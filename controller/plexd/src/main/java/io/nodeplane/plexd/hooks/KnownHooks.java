package io.nodeplane.plexd.hooks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the watches said last, and our own writes until the watches say more. Thread-safe. */
final class KnownHooks {
    /** Jobs that are remembered after they went, and hooks whose length is: so many are not under way on one node. */
    private static final int MAX_REMEMBERED = 256;

    private final Map<String, HookObserved> hooks = new ConcurrentHashMap<>();
    private final Map<String, JobObserved> jobs = new ConcurrentHashMap<>();
    private final Map<String, JobObserved> goneJobs = remembered();
    private final Map<String, Integer> crowds = remembered();
    private final Map<String, String> versions = remembered();

    void put(HookObserved hook) {
        hooks.put(hook.name(), hook);
    }

    /** The watch tells no more of the hook; it was there at the version. */
    void remove(HookObserved hook) {
        hooks.remove(hook.name());
        versions.put(hook.name(), hook.resourceVersion());
    }

    /** Version of a hook of which the watch tells no more. */
    Optional<String> version(String name) {
        return Optional.ofNullable(versions.get(name));
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

    /** The Job is no longer there; how it ended may still have to be told. */
    void remove(JobObserved job) {
        goneJobs.put(job.name(), job);
        jobs.computeIfPresent(job.name(), (name, known) -> known.uid().equals(job.uid()) ? null : known);
    }

    /** The hook's Job on the node, also after it went when it had ended. */
    Optional<JobObserved> job(HookObserved hook, String node) {
        var there = find(jobs, hook, node);
        return there.isPresent()
                ? there
                : find(goneJobs, hook, node).filter(job -> job.phase().isFinal());
    }

    /** Whether the hook had a Job on the node that went before its end; it must not be made again. */
    boolean lost(HookObserved hook, String node) {
        return find(goneJobs, hook, node).isPresent();
    }

    private static Optional<JobObserved> find(Map<String, JobObserved> jobs, HookObserved hook, String node) {
        return Optional.ofNullable(jobs.get(HookDesired.jobName(hook, node)))
                .filter(job -> job.belongsTo(hook) && job.node().equals(node));
    }

    /** Remembers how many nodes the hook has, once they are listed. */
    void crowd(HookObserved hook) {
        crowds.put(hook.name(), hook.status().nodes().size());
    }

    /** How many nodes the hook has; zero until they were seen. */
    int crowd(String hook) {
        return crowds.getOrDefault(hook, 0);
    }

    private static <T> Map<String, T> remembered() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MAX_REMEMBERED;
            }
        });
    }

    /** Whether a Job of a hook of this name is there. */
    boolean hasJob(String hook) {
        return jobs.values().stream().anyMatch(job -> job.ownerName().equals(hook));
    }

    Stream<JobObserved> unfinishedJobs() {
        return jobs.values().stream().filter(job -> !job.phase().isFinal());
    }
}
