package io.nodeplane.mockapi.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.SettableClock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodesTest {
    private final SettableClock clock = new SettableClock();

    private Nodes nodes(Mode mode) {
        return new Nodes(mode, clock);
    }

    @Test
    void everyHostGetsItsOwnIdentity() {
        var nodes = nodes(Mode.DEFAULT);
        var one = nodes.register("plexd-e2e-worker");
        var two = nodes.register("plexd-e2e-worker2");

        assertTrue(one.nodeId().matches("node-plexd-e2e-worker-[0-9a-f]{8}"), one.nodeId());
        assertNotEquals(one.nodeId(), two.nodeId());
        assertNotEquals(one.meshIp(), two.meshIp());
    }

    @Test
    void identityIsTheSameAfterARestart() {
        var before = nodes(Mode.STRICT).register("worker-1");
        var after = nodes(Mode.STRICT);

        assertTrue(after.isKnown(before.nodeId()));
        assertEquals(before.nodeId(), after.register("worker-1").nodeId());
        assertEquals(before.meshIp(), after.register("worker-1").meshIp());
    }

    @Test
    void anAdoptedNodeIsListedUnderItsHost() {
        var id = nodes(Mode.STRICT).register("worker-1").nodeId();
        var after = nodes(Mode.STRICT);
        after.count(id, "heartbeat");

        var node = after.list().getFirst();

        assertEquals("worker-1", node.hostname());
        assertEquals(Optional.empty(), node.registeredAt());
        assertEquals(Optional.of(clock.instant()), node.lastHeartbeat());
        assertEquals(Map.of("heartbeat", 1L), node.counts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "node-", "node-worker-1", "node-worker-1-00000000", "node--00000000", "worker-1"})
    void otherIdsAreUnknown(String id) {
        assertFalse(nodes(Mode.STRICT).isKnown(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPPER.Case", "with_underscore", "ünïcode host", "a"})
    void unusualHostsGetAnIdInDnsForm(String host) {
        var node = nodes(Mode.DEFAULT).register(host);

        assertTrue(node.nodeId().matches("node-[a-z0-9.-]+-[0-9a-f]{8}"), node.nodeId());
        assertTrue(nodes(Mode.STRICT).isKnown(node.nodeId()));
        assertEquals(host, node.hostname());
    }

    @Test
    void longHostsAreShortenedAndStayDifferent() {
        var nodes = nodes(Mode.DEFAULT);
        var one = nodes.register("x".repeat(250) + "1").nodeId();
        var two = nodes.register("x".repeat(250) + "2").nodeId();

        assertNotEquals(one, two);
        assertTrue(one.length() <= 54, one);
        assertTrue(nodes(Mode.STRICT).isKnown(one));
    }

    @Test
    void addressesStayDifferentWhenHashesClash() {
        var nodes = nodes(Mode.DEFAULT);
        var addresses = new HashSet<String>();
        for (int i = 0; i < 2_000; i++) {
            addresses.add(nodes.register("host-" + i).meshIp());
        }

        assertEquals(2_000, addresses.size());
    }

    @Test
    void compatibleModeHasOneIdentity() {
        var nodes = nodes(Mode.COMPAT);

        assertEquals("node-mock-001", nodes.register("a").nodeId());
        assertEquals("10.99.0.1", nodes.register("b").meshIp());
        assertEquals(1, nodes.list().size());
    }
}
