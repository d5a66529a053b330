package io.nodeplane.runtime.http;

/** What a listener serves. */
@FunctionalInterface
public interface Site {
    /**
     * Answers one request; runs on a thread of its own and may take its time.
     *
     * @throws RefusedRequest turned into an answer by {@link #refusal}
     */
    HttpAnswer answer(HttpRequest request) throws RefusedRequest, java.io.IOException, InterruptedException;

    /** A refusal in the form that the site's clients expect; plain text unless the site says otherwise. */
    default HttpAnswer refusal(int status, String reason) {
        return HttpAnswer.text(status, reason + "\n");
    }

    /** A connection was closed at once because the listener was full. */
    default void turnedAway() {}
}
