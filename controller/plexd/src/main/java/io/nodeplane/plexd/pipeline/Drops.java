package io.nodeplane.plexd.pipeline;

/** Is told of every record that will never be delivered. */
@FunctionalInterface
public interface Drops {
    /** Counts records that are lost for good. */
    void dropped(Reason reason, long records);

    /** Why records are lost. */
    enum Reason {
        /** The buffer was full, the oldest went. */
        FULL("full"),
        /** Refused alone, because it is too big for the receiver (HTTP 413). */
        TOO_LARGE("too_large"),
        /** The receiver calls the batch malformed. */
        REJECTED("rejected"),
        /** The receiver takes no records of this kind. */
        NOT_WANTED("not_wanted"),
        /** Unreadable on disk. */
        CORRUPT("corrupt");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The value of the metric's label {@code reason}. */
        public String label() {
            return label;
        }
    }
}
