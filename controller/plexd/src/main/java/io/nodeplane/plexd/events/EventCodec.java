package io.nodeplane.plexd.events;

import io.nodeplane.plexd.http.ApiException;

/** Reads the events of one wire contract. */
public interface EventCodec {
    /**
     * The envelope of one event.
     *
     * @param data the frame's data, UTF-8 JSON
     * @throws ApiException.Malformed when it is no envelope
     */
    SignedEvent envelope(byte[] data) throws ApiException.Malformed;

    /**
     * Whether envelopes carry a nonce, which then must be there and new. Without, an event may come twice and its effects
     * must be the same as of once (protocol facts 3.6, replay).
     */
    boolean hasNonces();

    /**
     * What an event that was verified asks for.
     *
     * @throws ApiException.Malformed when its payload does not fit its type
     */
    EventMeaning meaning(SignedEvent event) throws ApiException.Malformed;
}
