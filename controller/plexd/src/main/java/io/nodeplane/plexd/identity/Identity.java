package io.nodeplane.plexd.identity;

/**
 * What registration gave this node; kept in the data directory (protocol facts 2.5).
 *
 * @param nodeId non-empty
 * @param meshIp dotted IPv4 of the node in the mesh, as the control plane gave it
 * @param signingKey verifies events; may be replaced by a rotation
 * @param secretKey bearer and decryption key
 */
public record Identity(NodeId nodeId, String meshIp, SigningKey signingKey, NodeSecretKey secretKey) {}
