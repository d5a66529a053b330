package io.nodeplane.plexd.tokenreview;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeplane.plexd.cluster.ClusterFault;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TokenReviews through the agent's client: its service-account token, read for each call, and the cluster's CA. */
public final class KubernetesTokenReviews implements TokenReviews {
    private static final String OBJECT = "TokenReview";

    private final KubernetesClient client;

    public KubernetesTokenReviews(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public TokenReviewResult review(String token, List<String> audiences) throws ClusterFault {
        var question = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(audiences)
                .endSpec()
                .build();
        try {
            return result(client.tokenReviews().create(question).getStatus());
        } catch (KubernetesClientException failed) {
            throw ClusterFault.of("create", OBJECT, failed);
        }
    }

    private static TokenReviewResult result(@Nullable TokenReviewStatus status) throws ClusterFault {
        if (status == null) {
            throw new ClusterFault(
                    ClusterFault.Kind.REFUSED, "cannot create TokenReview: no status in the answer", null);
        }
        // The API server says with the same word that a token is broken and that it could not find out.
        if (status.getError() != null && !status.getError().isEmpty()) {
            throw new ClusterFault(ClusterFault.Kind.REFUSED, "TokenReview: " + status.getError(), null);
        }
        if (status.getAuthenticated() != null && status.getAuthenticated()) {
            var user = Optional.ofNullable(status.getUser()).orElseGet(UserInfo::new);
            return new TokenReviewResult(
                    true,
                    text(user.getUsername()),
                    text(user.getUid()),
                    list(user.getGroups()),
                    list(status.getAudiences()));
        }
        return new TokenReviewResult(false, "", "", List.of(), List.of());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> list(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
