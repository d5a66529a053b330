package io.nodeplane.plexd.tokenreview;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeplane.plexd.cluster.ClusterFault;

/** SubjectAccessReviews in the agent's namespace, so that a Role there and a ClusterRole can both grant. */
public final class KubernetesAccessReviews implements AccessReviews {
    private final KubernetesClient client;
    private final String namespace;

    public KubernetesAccessReviews(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public boolean allowed(TokenReviewResult who, Deed deed) throws ClusterFault {
        var question = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(who.username())
                .withUid(who.uid())
                .withGroups(who.groups())
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(Deed.GROUP)
                .withResource(deed.resource())
                .withVerb(deed.verb())
                .withName(deed.name())
                .endResourceAttributes()
                .endSpec()
                .build();
        try {
            var status = client.authorization()
                    .v1()
                    .subjectAccessReview()
                    .create(question)
                    .getStatus();
            return status != null && Boolean.TRUE.equals(status.getAllowed());
        } catch (KubernetesClientException failed) {
            throw ClusterFault.of("create", "SubjectAccessReview", failed);
        }
    }
}
