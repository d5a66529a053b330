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
     * What an event that was verified asks for.
     *
     * @throws ApiException.Malformed when its payload does not fit its type
     */
    EventMeaning meaning(SignedEvent event) throws ApiException.Malformed;
}
