package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Jobs in memory; watches are told in the thread that writes. */
final class InMemoryJobs implements HookJobs {
    private record Watcher(String node, Listener listener) {}

    private final Map<String, JobObserved> jobs = new TreeMap<>();
    private final Map<String, PodObserved> pods = new HashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private int made;
    private @Nullable ClusterFault refusal;

    /** The next creations fail, until they do not. */
    void refuse(@Nullable ClusterFault fault) {
        refusal = fault;
    }

    /** A Job that no agent made. */
    void stranger(String name) {
        put(new JobObserved(
                name, "stranger", "", "", "", "", Phase.PENDING, Optional.empty(), Optional.empty(), "", ""));
    }

    void becomes(String name, Phase phase, Instant at) {
        var job = find(name).orElseThrow();
        put(new JobObserved(
                name,
                job.uid(),
                job.ownerKind(),
                job.ownerName(),
                job.ownerUid(),
                job.node(),
                phase,
                job.createdAt(),
                phase.isFinal() ? Optional.of(at) : Optional.empty(),
                phase == Phase.FAILED ? "BackoffLimitExceeded" : "",
                ""));
    }

    void podOf(String job, PodObserved pod) {
        pods.put(job, pod);
    }

    void remove(String name) {
        var removed = jobs.remove(name);
        if (removed != null) {
            watchersOf(removed).forEach(watcher -> watcher.listener().gone(removed));
        }
    }

    @Override
    public HookObjects.Watch watch(String node, Listener listener) {
        var watcher = new Watcher(node, listener);
        watchers.add(watcher);
        jobs.values().stream().filter(job -> job.node().equals(node)).toList().forEach(listener::changed);
        return () -> watchers.remove(watcher);
    }

    @Override
    public Creation create(HookDesired desired) throws ClusterFault {
        if (refusal != null) {
            throw refusal;
        }
        var existing = find(desired.name());
        if (existing.isPresent()) {
            return new Creation.Exists(existing.get());
        }
        made++;
        var job = new JobObserved(
                desired.name(),
                "job-" + made,
                "PlexdHook",
                desired.hook().name(),
                desired.hook().uid(),
                desired.node(),
                Phase.PENDING,
                Optional.of(Hooks.NOW),
                Optional.empty(),
                "",
                "");
        put(job);
        return new Creation.Created(job);
    }

    @Override
    public Optional<JobObserved> find(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    @Override
    public Optional<PodObserved> pod(JobObserved job) {
        return Optional.ofNullable(pods.get(job.name()));
    }

    private void put(JobObserved job) {
        jobs.put(job.name(), job);
        watchersOf(job).forEach(watcher -> watcher.listener().changed(job));
    }

    private List<Watcher> watchersOf(JobObserved job) {
        return watchers.stream()
                .filter(watcher -> watcher.node().equals(job.node()))
                .toList();
    }
}
