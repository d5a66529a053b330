package io.nodeplane.runtime.health;

import java.io.IOException;

/** Answers a GET on one path. */
@FunctionalInterface
public interface Page {
    /** The answer of this moment. */
    Answer answer() throws IOException;

    /**
     * What goes back.
     *
     * @param status HTTP status, for example 200
     */
    record Answer(int status, String contentType, String body) {
        /** Plain text. */
        public static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", text);
        }
    }

    /** {@code ok}, as long as the process answers at all (protocol facts 10.6). */
    static Page alive() {
        return () -> Answer.text(200, "ok\n");
    }

    /** {@code ok}, or 503 with the first unmet condition (protocol facts 10.6). */
    static Page ready(Readiness readiness) {
        return () -> readiness
                .firstUnmet()
                .map(reason -> Answer.text(503, "not ready: " + reason + "\n"))
                .orElseGet(() -> Answer.text(200, "ok\n"));
    }
}
