package io.nodeplane.plexd.identity;

import java.util.regex.Pattern;

/**
 * What registration gave this node; kept in the data directory (protocol facts 2.5).
 *
 * @param nodeId non-empty; a UUID in contract {@code v1-2026}, where it is half of the bearer
 * @param meshIp dotted IPv4 of the node in the mesh, as the control plane gave it
 * @param signingKey verifies events; may be replaced by a rotation
 * @param secretKey bearer and decryption key
 * @param contract under which all this is valid
 * @param meshCidr network of the whole mesh, empty when the control plane does not say
 */
public record Identity(
        NodeId nodeId,
        String meshIp,
        SigningKey signingKey,
        NodeSecretKey secretKey,
        WireContract contract,
        String meshCidr) {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    public Identity {
        check(nodeId, contract);
    }

    /** Fails when a node cannot have this id in this contract. */
    static void check(NodeId nodeId, WireContract contract) {
        if (contract == WireContract.V1_2026 && !UUID.matcher(nodeId.value()).matches()) {
            throw new IllegalArgumentException("node id must be a UUID in contract " + contract.word());
        }
    }

    /** An identity of the seeds' contract. */
    public Identity(NodeId nodeId, String meshIp, SigningKey signingKey, NodeSecretKey secretKey) {
        this(nodeId, meshIp, signingKey, secretKey, WireContract.V1_SEED, "");
    }

    /** The same node with another key for events. */
    public Identity with(SigningKey rotated) {
        return new Identity(nodeId, meshIp, rotated, secretKey, contract, meshCidr);
    }
}
