package io.nodeplane.app;

import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.nodesecrets.NodeSecretsSync;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.secrets.Secrets;
import java.util.random.RandomGenerator;

/** Puts together what keeps the node's Secrets in the cluster. */
final class NodeSecrets {
    private NodeSecrets() {}

    /** Not started; its record is in the PlexdNodeState that the cluster's parts keep. */
    static NodeSecretsSync of(
            ClusterParts cluster,
            PlexdConfig config,
            Surroundings surroundings,
            Identity identity,
            Secrets secrets,
            Foundation foundation,
            RandomGenerator random) {
        var kubernetes = config.kubernetes();
        var nodeName = surroundings.nodeName();
        return NodeSecretsSync.over(
                cluster.client(),
                kubernetes.namespace(),
                cluster.sync().secretLedger(),
                new NodeSecretsSync.Source(secrets, new SecretOpener(identity.secretKey())),
                new NodeSecretsSync.Settings(
                        identity.nodeId().value(),
                        nodeName,
                        kubernetes.plainSecretKeys(),
                        kubernetes.crdSyncInterval()),
                random,
                foundation.figures().nodeSecrets(),
                () -> foundation.subsystems().unmet("subsystem stopped"));
    }
}
