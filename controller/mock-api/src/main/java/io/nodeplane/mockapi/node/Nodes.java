package io.nodeplane.mockapi.node;

import io.nodeplane.mockapi.Mode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table of nodes. Thread-safe. */
public final class Nodes {
    /** The identity of every host in compatible mode. SOURCE: facts 10.2, register. */
    private static final NodeIdentity CONSTANT = new NodeIdentity("", "node-mock-001", "10.99.0.1");

    /** Ids beyond this many are served but not listed: a test with wrong ids must not fill the memory. */
    private static final int MOST = 10_000;

    private final Mode mode;
    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> addresses = new HashSet<>();

    /** No nodes yet. */
    public Nodes(Mode mode, Clock clock) {
        this.mode = mode;
        this.clock = clock;
    }

    private static final class Entry {
        private final String nodeId;
        private final String meshIp;
        private final Map<String, Long> counts = new TreeMap<>();
        private String hostname;
        private @Nullable Instant registeredAt;
        private @Nullable Instant lastHeartbeat;

        Entry(String hostname, String nodeId, String meshIp) {
            this.hostname = hostname;
            this.nodeId = nodeId;
            this.meshIp = meshIp;
        }

        NodeView view() {
            return new NodeView(
                    hostname,
                    nodeId,
                    meshIp,
                    Optional.ofNullable(registeredAt),
                    Optional.ofNullable(lastHeartbeat),
                    counts);
        }
    }

    /** Registers a host; the same host gets the same identity again. */
    public synchronized NodeView register(String hostname) {
        var identity = mode == Mode.COMPAT ? CONSTANT : NodeIdentity.of(hostname);
        var entry = entry(identity);
        entry.hostname = hostname;
        entry.registeredAt = clock.instant();
        entry.counts.merge("registration", 1L, Long::sum);
        return entry.view();
    }

    /** Registers a node under an id and an address that the caller chose. */
    public synchronized NodeView register(String name, String nodeId, String meshIp) {
        var entry = entries.computeIfAbsent(nodeId, id -> new Entry(name, id, meshIp));
        entry.registeredAt = clock.instant();
        entry.counts.merge("registration", 1L, Long::sum);
        return entry.view();
    }

    /** True when this id was given to a node, by this run or an earlier one. */
    public synchronized boolean isKnown(String nodeId) {
        return entries.containsKey(nodeId)
                || NodeIdentity.recognised(nodeId).isPresent()
                || (mode == Mode.COMPAT && nodeId.equals(CONSTANT.nodeId()));
    }

    /** Counts an accepted request of a node. */
    public synchronized void count(String nodeId, String counter) {
        var known = entries.get(nodeId);
        if (known == null && entries.size() >= MOST) {
            return;
        }
        var entry =
                known != null ? known : entry(NodeIdentity.recognised(nodeId).orElse(new NodeIdentity("", nodeId, "")));
        entry.counts.merge(counter, 1L, Long::sum);
        if (counter.equals("heartbeat")) {
            entry.lastHeartbeat = clock.instant();
        }
    }

    /** All nodes in the order they appeared. */
    public synchronized List<NodeView> list() {
        var views = new ArrayList<NodeView>();
        entries.values().forEach(entry -> views.add(entry.view()));
        return views;
    }

    private Entry entry(NodeIdentity identity) {
        return entries.computeIfAbsent(identity.nodeId(), id -> new Entry(identity.host(), id, free(identity)));
    }

    private String free(NodeIdentity identity) {
        var address = identity.meshIp();
        for (int clashes = 1; !address.isEmpty() && !addresses.add(address) && clashes < MOST; clashes++) {
            address = NodeIdentity.meshIp(identity.host(), clashes);
        }
        return address;
    }
}
