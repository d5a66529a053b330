package io.nodeplane.plexd.nodeapi.access;

import io.nodeplane.plexd.tokenreview.TokenReviewResult;

/** Who sent a request. */
public sealed interface Caller {
    /** For log lines. */
    String name();

    /**
     * A process of this machine, known by the kernel.
     *
     * @param mayReadSecrets root or a member of the group for it
     * @param root user id 0
     */
    record LocalUser(String user, boolean mayReadSecrets, boolean root) implements Caller {
        @Override
        public String name() {
            return "user " + user;
        }
    }

    /** Somebody who has the content of the token file: whoever may read that file may do everything here. */
    record TokenHolder() implements Caller {
        @Override
        public String name() {
            return "holder of the node API's token";
        }
    }

    /** Somebody whom the API server knows, for example a workload by its service account. */
    record Account(TokenReviewResult review) implements Caller {
        @Override
        public String name() {
            return review.username();
        }
    }
}
