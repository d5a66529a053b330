package io.nodeplane.plexd.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids as names that Kubernetes takes (seed "CRDController"). */
class ObjectNameTest {
    @ParameterizedTest
    @CsvSource({
        "node-mock-001, node-node-mock-001",
        "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a3, node-0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a3",
    })
    void keepsAnIdThatIsAName(String nodeId, String expected) {
        assertEquals(expected, ObjectName.ofNode(nodeId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n_abc123", "TLS_KEY", "a..b", "app/config", "é", "ends-", "a.-b"})
    void hashesAnIdThatIsNoName(String nodeId) {
        var name = ObjectName.ofNode(nodeId);

        assertTrue(name.matches("node-[a-z0-9-]*[0-9a-f]{8}"), name);
        assertTrue(name.length() <= 253);
    }

    @Test
    void idsThatLookAlikeGetDifferentNames() {
        assertNotEquals(ObjectName.ofNode("n_1"), ObjectName.ofNode("n-1"));
        assertNotEquals(ObjectName.ofNode("N-1"), ObjectName.ofNode("n-1"));
        assertNotEquals(ObjectName.ofNode("x".repeat(300) + "a"), ObjectName.ofNode("x".repeat(300) + "b"));
    }

    @Test
    void shortensLabelValuesTo63() {
        assertEquals(63, ObjectName.labelValue("x".repeat(64)).length());
        assertEquals("n_1", ObjectName.labelValue("n_1"));
    }
}
