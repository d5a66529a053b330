package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.cluster.ObjectName;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Secrets that this node should have.
 *
 * @param secrets by key
 * @param leftOut one sentence for each reference that no PlexdNodeState can carry
 */
record NodeSecretsDesired(SortedMap<String, Wanted> secrets, List<String> leftOut) {
    /** Limits of {@code spec.secretRefs} in the schema (crds/plexdnodestates.yaml). */
    private static final int MAX_SECRETS = 1024;

    private static final int MAX_KEY = 253;

    /** Seed "KubeClient", protocol facts 7.4: {@code plexd-secret-{node_id}-{key}}. */
    private static final String SEALED = "plexd-secret";
    /** Another name for plain text: a changed switch is then a changed name, seen without a look at any Secret. */
    private static final String PLAIN = "plexd-plain-secret";

    NodeSecretsDesired {
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One Secret.
     *
     * @param version of the reference
     * @param plain whether it holds the opened secret
     */
    record Wanted(String key, String secretName, long version, boolean plain) {}

    /**
     * What the state asks for.
     *
     * @param plainKeys references whose Secrets hold plain text
     */
    static NodeSecretsDesired from(NodeState state, String nodeId, Set<String> plainKeys) {
        var secrets = new TreeMap<String, Wanted>();
        var leftOut = new ArrayList<String>();
        for (var ref : state.secretRefs().stream()
                .sorted(Comparator.comparing(SecretRef::key))
                .toList()) {
            var key = ref.key();
            if (key.isEmpty() || key.length() > MAX_KEY || ref.version() < 0) {
                leftOut.add("reference " + shown(key) + ", version " + ref.version()
                        + ": expected a key of 1 to 253 characters and a version from 0 on");
            } else if (secrets.size() == MAX_SECRETS) {
                leftOut.add("reference " + shown(key) + ": expected at most 1024");
            } else {
                var plain = plainKeys.contains(key);
                var name = ObjectName.ofSecret(plain ? PLAIN : SEALED, nodeId, key);
                secrets.put(key, new Wanted(key, name, ref.version(), plain));
            }
        }
        return new NodeSecretsDesired(secrets, leftOut);
    }

    private static String shown(String key) {
        return key.length() > MAX_KEY ? key.substring(0, 40) + "… (" + key.length() + " characters)" : "'" + key + "'";
    }
}
