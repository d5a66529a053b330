package io.nodeplane.plexd.tokenreview;

import java.util.List;

class InMemoryTokenReviewsTest extends TokenReviewsContract {
    private final InMemoryTokenReviews reviews = new InMemoryTokenReviews();

    @Override
    TokenReviews reviews() {
        return reviews;
    }

    @Override
    String token(String audience) {
        var audiences = List.of(audience.isEmpty() ? InMemoryTokenReviews.OWN_AUDIENCE : audience);
        reviews.tokens.put(
                "token-" + audience,
                new TokenReviewResult(true, READER, "uid-1", List.of("system:serviceaccounts:node-api"), audiences));
        return "token-" + audience;
    }
}
