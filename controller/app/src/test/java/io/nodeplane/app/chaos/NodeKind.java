package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.WireContract;

/** What a node of the campaign has around it. */
enum NodeKind {
    /** The seeds' contract and an API server. */
    CLUSTER(WireContract.V1_SEED, "e2e-test-token", "metadata: {kind: cluster}"),
    /** The platform's contract, no API server. */
    PLATFORM(
            WireContract.V1_2026,
            "psb_test_e2eproject_node_e2ee2ee2ee2ee2ee2ee2e22",
            "project_id: 0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0\n  resource_handle: edge-1"),
    /** The seeds' contract, no API server. */
    SEEDS(WireContract.V1_SEED, "e2e-test-token", "metadata: {kind: seeds}");

    private final WireContract contract;
    private final String token;
    private final String claim;

    NodeKind(WireContract contract, String token, String claim) {
        this.contract = contract;
        this.token = token;
        this.claim = claim;
    }

    WireContract contract() {
        return contract;
    }

    /** What it registers with. */
    String token() {
        return token;
    }

    /** Lines of the section {@code registration}. */
    String claim() {
        return claim;
    }
}
