package io.nodeplane.plexd.tokenreview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.cluster.ClusterFault;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every TokenReview does with tokens of the account {@code node-api/reader} (seed "Kubernetes DaemonSet
 * Deployment Reference").
 */
abstract class TokenReviewsContract {
    static final String READER = "system:serviceaccount:node-api:reader";

    abstract TokenReviews reviews();

    /** A token for the audience; empty means the API server's own. */
    abstract String token(String audience);

    @Test
    void tellsWhoseATokenIs() throws ClusterFault {
        var result = reviews().review(token(""), List.of());

        assertTrue(result.authenticated());
        assertEquals(READER, result.username());
        assertFalse(result.uid().isEmpty());
        assertTrue(result.groups().contains("system:serviceaccounts:node-api"), result.toString());
    }

    @Test
    void tellsWhichOfTheAskedAudiencesATokenHas() throws ClusterFault {
        var result = reviews().review(token("plexd"), List.of("other", "plexd"));

        assertTrue(result.authenticated());
        assertEquals(List.of("plexd"), result.audiences());
    }

    @Test
    void letsNoTokenInThatIsForOthers() {
        assertThrows(ClusterFault.class, () -> reviews().review(token(""), List.of("plexd")));
        assertThrows(ClusterFault.class, () -> reviews().review(token("plexd"), List.of()));
    }

    @Test
    void letsNobodyInWithAnInventedToken() {
        assertThrows(ClusterFault.class, () -> reviews().review("invented", List.of()));
    }
}
