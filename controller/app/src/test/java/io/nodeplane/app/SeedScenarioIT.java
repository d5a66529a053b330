package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.mockapi.WireContract;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The scenario in the seeds' contract. */
class SeedScenarioIT extends ContractScenario {
    SeedScenarioIT() {
        super(WireContract.V1_SEED, "e2e-test-token");
    }

    @Override
    String registration() {
        return "metadata: {zone: b}";
    }

    @Override
    String stateChanged(int number) {
        return "{\"event_type\":\"policy_updated\",\"event_id\":\"e-" + number + "\",\"nonce\":\"n-" + number
                + "\",\"payload\":null}";
    }

    @Override
    void inject(String event) {
        api.inject(event);
    }

    @Override
    void awaitReport(boolean deleted) throws InterruptedException {
        api.await("report", deleted ? 2 : 1, PHASE);
    }

    @Test
    void keepsItsContractWhenTheConfigurationClaimsAResourceLater() throws Exception {
        try (var agent = up(config())) {
            api.await("heartbeat", 1, PHASE);
            agent.terminate();
        }
        var claimed = config("project_id: 0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0\nresource_handle: edge-1");

        try (var agent = up(claimed)) {
            api.await("heartbeat", 2, PHASE);
            assertTrue(agent.output().contains("node was registered under another contract"), agent.output());
        }
        assertEquals(1, api.count("registration"));
        assertFalse(Files.readString(directory.resolve("data/identity.json")).contains("contract"));
    }
}
