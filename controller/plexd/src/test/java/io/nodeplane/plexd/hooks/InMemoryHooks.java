package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** PlexdHooks in memory; watches are told in the thread that writes. */
final class InMemoryHooks implements HookObjects, HookList {
    private record Watcher(String node, Listener listener) {
        boolean sees(HookObserved hook) {
            return switch (hook.spec().target()) {
                case Target.OneNode(var name) -> name.equals(node);
                case Target.AnyNode _, Target.Labelled _ -> !hook.hasBegun();
            };
        }
    }

    private final Map<String, HookObserved> hooks = new TreeMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private long version;
    private boolean isRestored;

    HookObserved make(String name, HookSpec spec) {
        return put(new HookObserved(name, "uid-" + (version + 1), 1, "", false, spec, HookStatus.NONE));
    }

    void remove(String name) {
        var removed = hooks.remove(name);
        if (removed != null) {
            tell(Optional.of(removed), Optional.empty());
        }
    }

    /** A change of the spec. */
    HookObserved change(String name, HookSpec spec) {
        var now = find(name).orElseThrow();
        return put(new HookObserved(name, now.uid(), now.generation() + 1, "", false, spec, now.status()));
    }

    @Override
    public Watch watch(String node, Listener listener) {
        var watcher = new Watcher(node, listener);
        listTo(watcher);
        return () -> watchers.remove(watcher);
    }

    private void listTo(Watcher watcher) {
        watchers.add(watcher);
        hooks.values().stream().filter(watcher::sees).toList().forEach(watcher.listener()::changed);
        watcher.listener().listed();
    }

    /** The watches of a node are broken during the deed, and begin anew after it. */
    void deaf(String node, Runnable deed) {
        var deaf =
                watchers.stream().filter(watcher -> watcher.node().equals(node)).toList();
        watchers.removeAll(deaf);
        deed.run();
        deaf.forEach(this::listTo);
    }

    @Override
    public Optional<HookObserved> find(String name, String version) throws ClusterFault {
        if (isRestored) {
            throw new ClusterFault(ClusterFault.Kind.UNAVAILABLE, "Too large resource version: " + version, null);
        }
        return find(name);
    }

    /** From now on, as a server that was restored from a backup: no version that was seen is reached again. */
    void restored() {
        isRestored = true;
    }

    @Override
    public Optional<HookObserved> find(String name) {
        return Optional.ofNullable(hooks.get(name));
    }

    @Override
    public List<HookObserved> underWay() {
        Predicate<HookObserved> oneNode = hook -> hook.spec().target() instanceof Target.OneNode;
        return hooks.values().stream()
                .filter(oneNode.negate())
                .filter(hook -> hook.hasBegun() && !hook.status().isFinal())
                .toList();
    }

    @Override
    public List<HookObserved> forNode(String node) {
        return hooks.values().stream()
                .filter(hook -> !(hook.spec().target() instanceof Target.OneNode(var name)) || name.equals(node))
                .toList();
    }

    @Override
    public Optional<HookObserved> writeStatus(HookObserved seen, HookStatus status) {
        return find(seen.name())
                .filter(now -> now.resourceVersion().equals(seen.resourceVersion()))
                .map(now -> put(now, merged(now, status)));
    }

    @Override
    public Optional<HookObserved> writeResult(HookObserved seen, NodeResult result) throws ClusterFault {
        var there = find(seen.name());
        if (there.isPresent() && !there.get().uid().equals(seen.uid())) {
            throw new ClusterFault(ClusterFault.Kind.REFUSED, seen.name() + " was made anew", null);
        }
        return there.map(now -> put(now, now.status().with(result)));
    }

    /** With a node selector the nodes' own entries stay theirs. */
    private static HookStatus merged(HookObserved now, HookStatus status) {
        if (!(now.spec().target() instanceof Target.Labelled)) {
            return status;
        }
        var merged = status;
        for (var entry : now.status().nodes()) {
            merged = merged.with(entry);
        }
        return merged;
    }

    private HookObserved put(HookObserved now, HookStatus status) {
        return status.equals(now.status())
                ? now
                : put(new HookObserved(now.name(), now.uid(), now.generation(), "", false, now.spec(), status));
    }

    private HookObserved put(HookObserved hook) {
        version++;
        var kept = new HookObserved(
                hook.name(), hook.uid(), hook.generation(), Long.toString(version), false, hook.spec(), hook.status());
        tell(Optional.ofNullable(hooks.put(hook.name(), kept)), Optional.of(kept));
        return kept;
    }

    private void tell(Optional<HookObserved> before, Optional<HookObserved> after) {
        for (var watcher : watchers) {
            var seen = after.filter(watcher::sees);
            seen.ifPresent(watcher.listener()::changed);
            if (seen.isEmpty()) {
                before.filter(watcher::sees).ifPresent(watcher.listener()::left);
            }
        }
    }
}
