package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.routes.Desk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that the platform's routes read and write.
 *
 * @param shared what both contracts have
 * @param reports keys of the reports of each node
 */
public record PlatformDesk(
        Desk shared,
        PlatformFixture fixture,
        EventLog events,
        Rotations rotations,
        Executions executions,
        Map<String, Set<String>> reports) {
    /** Counters without their suffix, in the order of the answer. SOURCE: facts 10.3, counters. */
    public static final List<String> COUNTERS = List.of(
            "registration",
            "heartbeat",
            "state",
            "key_rotate",
            "capabilities",
            "endpoint",
            "secrets",
            "secrets_rate_limited",
            "report_put",
            "report_delete",
            "execution_callback",
            "execution_upload",
            "metrics",
            "logs",
            "audit",
            "session_activity",
            "integrity_violation",
            "inject_event",
            "events_request",
            "local_metrics",
            "local_logs",
            "local_audit",
            "unauthorized");

    /** A desk beside the shared one. */
    public static PlatformDesk beside(Desk shared) {
        return new PlatformDesk(
                shared,
                new PlatformFixture(),
                new EventLog(shared.streams(), shared.fixture().signer(), shared.clock()),
                new Rotations(),
                new Executions(shared.clock()),
                new ConcurrentHashMap<>());
    }

    /** Counts an accepted request of a node. */
    void count(String nodeId, String counter) {
        shared.nodes().count(nodeId, counter);
        shared.counters().raise(counter);
    }
}
