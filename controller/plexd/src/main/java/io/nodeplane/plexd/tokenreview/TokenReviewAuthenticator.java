package io.nodeplane.plexd.tokenreview;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.tokenreview.AuthenticationFailed.Reason;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/**
 * Validates Kubernetes service account tokens (seed "TokenReviewAuthenticator"). A positive verdict is remembered for a
 * while, see {@link VerdictCache}; a negative one is not. Thread-safe.
 */
public final class TokenReviewAuthenticator {
    private final TokenReviews reviews;
    private final List<String> audiences;
    private final VerdictCache cache;

    /**
     * An authenticator that remembers nothing yet.
     *
     * @param audiences one of them must be the token's; empty takes every token that is for the API server
     */
    public TokenReviewAuthenticator(TokenReviews reviews, List<String> audiences, InstantSource clock) {
        this.reviews = reviews;
        this.audiences = List.copyOf(audiences);
        this.cache = new VerdictCache(clock);
    }

    /** Whose the token is. */
    public TokenReviewResult authenticate(String token) throws AuthenticationFailed {
        if (token.isEmpty()) {
            throw new AuthenticationFailed(Reason.EMPTY_TOKEN, null);
        }
        var known = cache.find(token);
        if (known.isPresent()) {
            return known.get();
        }
        var result = review(token);
        if (!result.authenticated()) {
            throw new AuthenticationFailed(Reason.NOT_AUTHENTICATED, null);
        }
        // An API server that knows no audiences names none, and then nothing says that the token is for this listener
        // (Kubernetes API, TokenReviewStatus.audiences).
        if (!audiences.isEmpty() && Collections.disjoint(audiences, result.audiences())) {
            throw new AuthenticationFailed(Reason.AUDIENCE_MISMATCH, null);
        }
        cache.keep(token, result);
        return result;
    }

    private TokenReviewResult review(String token) throws AuthenticationFailed {
        try {
            return reviews.review(token, audiences);
        } catch (ClusterFault fault) {
            throw new AuthenticationFailed(Reason.REVIEW_FAILED, fault);
        }
    }
}
