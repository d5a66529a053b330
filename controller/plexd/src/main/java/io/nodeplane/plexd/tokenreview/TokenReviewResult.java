package io.nodeplane.plexd.tokenreview;

import java.util.List;

/**
 * What the API server says of a token (seed "TokenReviewAuthenticator").
 *
 * @param username for example {@code system:serviceaccount:default:reader}
 * @param audiences those of the token that were asked for
 */
public record TokenReviewResult(
        boolean authenticated, String username, String uid, List<String> groups, List<String> audiences) {
    public TokenReviewResult {
        groups = List.copyOf(groups);
        audiences = List.copyOf(audiences);
    }
}
