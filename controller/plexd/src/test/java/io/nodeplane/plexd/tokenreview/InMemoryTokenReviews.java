package io.nodeplane.plexd.tokenreview;

import io.nodeplane.plexd.cluster.ClusterFault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An API server that knows the tokens it was told, and answers as the real one does. */
final class InMemoryTokenReviews implements TokenReviews {
    static final String OWN_AUDIENCE = "https://kubernetes.default.svc";

    final Map<String, TokenReviewResult> tokens = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean away;
    volatile boolean knowsNoAudiences;

    @Override
    public TokenReviewResult review(String token, List<String> audiences) throws ClusterFault {
        asked.incrementAndGet();
        if (away) {
            throw new ClusterFault(ClusterFault.Kind.UNAVAILABLE, "cannot create TokenReview: refused", null);
        }
        var known = tokens.get(token);
        if (known == null) {
            throw new ClusterFault(ClusterFault.Kind.REFUSED, "TokenReview: invalid bearer token", null);
        }
        if (!known.authenticated()) {
            return known;
        }
        var wanted = audiences.isEmpty() ? List.of(OWN_AUDIENCE) : audiences;
        var common = known.audiences().stream().filter(wanted::contains).toList();
        if (common.isEmpty() && !knowsNoAudiences) {
            throw new ClusterFault(ClusterFault.Kind.REFUSED, "TokenReview: token audiences do not match", null);
        }
        return new TokenReviewResult(
                true,
                known.username(),
                known.uid(),
                known.groups(),
                knowsNoAudiences ? Collections.emptyList() : common);
    }
}
