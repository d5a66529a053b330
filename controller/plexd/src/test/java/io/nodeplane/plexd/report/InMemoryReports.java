package io.nodeplane.plexd.report;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A control plane that keeps reports in memory, fails as told and refuses chosen keys. */
final class InMemoryReports implements Reports {
    /** One accepted call. */
    record Call(List<DataEntry> changed, List<String> deleted) {}

    final BlockingQueue<Call> accepted = new LinkedBlockingQueue<>();
    final Map<String, DataEntry> entries = new ConcurrentHashMap<>();
    final Queue<ApiException> failures = new ArrayDeque<>();
    final Set<String> refusedKeys = ConcurrentHashMap.newKeySet();

    @Override
    public synchronized void send(List<DataEntry> changed, List<String> deleted) throws ApiException {
        var failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (changed.stream().anyMatch(entry -> refusedKeys.contains(entry.key()))) {
            throw new ApiException.Rejected(400, "POST report: 400 bad entry");
        }
        changed.forEach(entry -> entries.put(entry.key(), entry));
        deleted.forEach(entries::remove);
        accepted.add(new Call(changed, deleted));
    }
}
