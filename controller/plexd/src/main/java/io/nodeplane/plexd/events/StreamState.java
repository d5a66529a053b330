package io.nodeplane.plexd.events;

import java.time.Instant;

/**
 * How events reach this node now.
 *
 * @param since when the mode began
 * @param reason for people; empty while streaming
 */
public record StreamState(Mode mode, Instant since, String reason) {
    /** The ways. */
    public enum Mode {
        /** No stream yet, or a short gap. */
        CONNECTING,
        /** Connected. */
        STREAMING,
        /** No stream for minutes: the state is pulled instead (protocol facts 3.6). */
        POLLING,
        /** The control plane offers no stream, perhaps later: the state is pulled (protocol facts 3.6, C extras). */
        PULL_ONLY,
        /** The control plane refuses the stream: the state is pulled, and the stream asked for rarely. */
        REFUSED
    }
}
