package io.nodeplane.plexd.state;

import io.nodeplane.plexd.identity.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The desired state of one node, free of any wire form (protocol facts 3.3).
 *
 * @param peers mesh peers, by id
 * @param policies network policies, by id
 * @param signingKeys event keys, absent when the answer has none
 * @param metadata free labels of the node
 * @param data entries that workloads read
 * @param secretRefs names and versions of secrets; values are fetched one by one
 * @param bridge bridge, relay, user access, ingress and site-to-site blocks as canonical JSON text by block name: no
 *     feature reads them yet, but a change must be noticed
 * @param executions actions to run, oldest first, until they are reported as over; empty in the seeds' contract, which
 *     pushes them as events
 */
public record NodeState(
        List<Peer> peers,
        List<Policy> policies,
        Optional<SigningKeys> signingKeys,
        Map<String, String> metadata,
        List<DataEntry> data,
        List<SecretRef> secretRefs,
        Map<String, String> bridge,
        List<Execution> executions) {
    /** Nothing wanted: what a fresh agent has applied. */
    public static final NodeState EMPTY =
            new NodeState(List.of(), List.of(), Optional.empty(), Map.of(), List.of(), List.of(), Map.of());

    public NodeState {
        peers = List.copyOf(peers);
        policies = List.copyOf(policies);
        metadata = Map.copyOf(metadata);
        data = List.copyOf(data);
        secretRefs = List.copyOf(secretRefs);
        bridge = Map.copyOf(bridge);
        executions = List.copyOf(executions);
    }

    /** A state without executions. */
    public NodeState(
            List<Peer> peers,
            List<Policy> policies,
            Optional<SigningKeys> signingKeys,
            Map<String, String> metadata,
            List<DataEntry> data,
            List<SecretRef> secretRefs,
            Map<String, String> bridge) {
        this(peers, policies, signingKeys, metadata, data, secretRefs, bridge, List.of());
    }

    /** This state with some parts taken from another one. */
    public NodeState with(Set<StateCategory> parts, NodeState from) {
        return new NodeState(
                parts.contains(StateCategory.PEERS) ? from.peers : peers,
                parts.contains(StateCategory.POLICIES) ? from.policies : policies,
                parts.contains(StateCategory.SIGNING_KEYS) ? from.signingKeys : signingKeys,
                parts.contains(StateCategory.METADATA) ? from.metadata : metadata,
                parts.contains(StateCategory.DATA) ? from.data : data,
                parts.contains(StateCategory.SECRET_REFS) ? from.secretRefs : secretRefs,
                parts.contains(StateCategory.BRIDGE) ? from.bridge : bridge,
                parts.contains(StateCategory.EXECUTIONS) ? from.executions : executions);
    }

    /** Sizes only: preshared keys, certificates and payloads are in here. */
    @Override
    public String toString() {
        return "NodeState[peers=" + peers.size() + ", policies=" + policies.size() + ", data=" + data.size()
                + ", secretRefs=" + secretRefs.size() + "]";
    }

    /**
     * A mesh peer. Keys are kept as text: the control plane may send what is no key, and one bad peer must not cost the
     * rest (protocol facts 9.1 c).
     *
     * @param presharedKey empty when the peer has none; a secret, never printed
     */
    public record Peer(
            String id, String publicKey, String meshIp, String endpoint, List<String> allowedIps, String presharedKey) {
        public Peer {
            allowedIps = allowedIps.stream().sorted().toList();
        }

        @Override
        public String toString() {
            return "Peer[" + id + ", " + meshIp + ", " + endpoint + "]";
        }
    }

    /** A network policy. */
    public record Policy(String id, List<Rule> rules) {
        public Policy {
            rules = List.copyOf(rules);
        }
    }

    /**
     * One rule of a policy.
     *
     * @param port 0 means any
     * @param lastPort end of a range that begins with {@code port}, both included
     */
    public record Rule(String source, String destination, int port, int lastPort, String protocol, String action) {
        /** A rule for one port, or any. */
        public Rule(String source, String destination, int port, String protocol, String action) {
            this(source, destination, port, port, protocol, action);
        }
    }

    /**
     * Keys that sign events.
     *
     * @param previous still accepted until {@code transitionExpires}; never accepted without that time
     */
    public record SigningKeys(SigningKey current, Optional<SigningKey> previous, Optional<Instant> transitionExpires) {}

    /**
     * One data entry.
     *
     * @param payloadJson any JSON value as its text
     * @param version counts up from 1
     */
    public record DataEntry(String key, String contentType, String payloadJson, long version, Instant updatedAt) {}

    /** One secret by name and version. */
    public record SecretRef(String key, long version) {}

    /**
     * One action that the control plane wants to be run (protocol facts 8.3).
     *
     * @param id non-empty
     * @param action its name
     * @param isHook a hook of the node, else a built-in action
     * @param parametersJson a JSON object as its text, {@code null} as text when there are none; may hold secrets
     * @param progress what the control plane has recorded so far
     * @param requestedAt absent when the control plane does not say
     * @param expiresAt an absolute time after which it must not be begun; absent when it never expires
     */
    public record Execution(
            String id,
            String action,
            boolean isHook,
            String parametersJson,
            Progress progress,
            Optional<Instant> requestedAt,
            Optional<Instant> expiresAt) {
        /** How far it is. */
        public enum Progress {
            PENDING,
            ACKNOWLEDGED,
            STARTED
        }

        @Override
        public String toString() {
            return "Execution[" + id + ", " + action + ", " + progress + "]";
        }
    }
}
