package io.nodeplane.plexd.tokenreview;

import io.nodeplane.plexd.cluster.ClusterFault;
import java.util.List;

/** The API server's TokenReview (seed "HTTPTokenReviewClient"). */
@FunctionalInterface
public interface TokenReviews {
    /**
     * Reviews a token, without retry.
     *
     * @param audiences sent along, so that a token for others is refused by the API server too; empty means its own
     * @throws ClusterFault when there is no verdict
     */
    TokenReviewResult review(String token, List<String> audiences) throws ClusterFault;
}
