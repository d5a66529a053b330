package io.nodeplane.plexd.tokenreview;

import io.nodeplane.plexd.cluster.ClusterFault;

/** The API server's SubjectAccessReview: may somebody do something? */
@FunctionalInterface
public interface AccessReviews {
    /**
     * Asks once, without retry.
     *
     * @throws ClusterFault when there is no verdict
     */
    boolean allowed(TokenReviewResult who, Deed deed) throws ClusterFault;

    /**
     * What somebody wants to do. The resource exists only in rules: whoever is bound to a Role that names it may.
     *
     * @param resource for example {@code nodeactions}
     * @param verb for example {@code run}
     * @param name of the one thing, empty for all
     */
    record Deed(String resource, String verb, String name) {
        /** API group of the virtual resources. */
        public static final String GROUP = "plexd.plexsphere.com";
    }
}
