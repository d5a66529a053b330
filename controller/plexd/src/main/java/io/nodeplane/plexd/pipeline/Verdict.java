package io.nodeplane.plexd.pipeline;

import io.nodeplane.plexd.http.ApiException;

/** What a failed delivery says about the records themselves (protocol facts 5.6). */
public enum Verdict {
    /** Nothing: they wait and are tried again. */
    KEEP,
    /** They are too many or too big together. */
    TOO_LARGE,
    /** The same bytes will be refused for ever. */
    MALFORMED,
    /** The receiver takes no records of this kind. */
    NOT_WANTED;

    /**
     * The usual meaning: 400, 409 and 422 speak of the bytes, 413 of their number. No answer, 5xx, 429, 401, 403, 404 and
     * whatever else may be cured outside.
     */
    public static Verdict of(ApiException failure) {
        if (!(failure instanceof ApiException.Rejected rejected)) {
            return KEEP;
        }
        return switch (rejected.status()) {
            case 413 -> TOO_LARGE;
            case 400, 409, 422 -> MALFORMED;
            default -> KEEP;
        };
    }
}
