package io.nodeplane.plexd.tokenreview;

import org.jspecify.annotations.Nullable;

/** A token that is not let in; the message is the seed's and never has a part of the token. */
public final class AuthenticationFailed extends Exception {
    private static final long serialVersionUID = 1;

    /** The seed's conditions (seed "TokenReviewAuthenticator", Authenticate). */
    public enum Reason {
        EMPTY_TOKEN("empty token"),
        REVIEW_FAILED("review failed"),
        NOT_AUTHENTICATED("token not authenticated"),
        AUDIENCE_MISMATCH("audience mismatch");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;

    AuthenticationFailed(Reason reason, @Nullable Throwable cause) {
        super("kubernetes: authenticate: " + reason.text, cause);
        this.reason = reason;
    }

    /** Which of the conditions. */
    public Reason reason() {
        return reason;
    }
}
