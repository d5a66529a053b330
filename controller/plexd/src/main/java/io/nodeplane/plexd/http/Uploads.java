package io.nodeplane.plexd.http;

import java.util.List;

/** Puts bytes where an answer of the control plane said, which may be another host (protocol facts 8.3). Thread-safe. */
@FunctionalInterface
public interface Uploads {
    /**
     * Puts the parts one behind the other, once: without the node's credential, and never on to another place.
     *
     * @param url as the control plane gave it; what stands behind the question mark is a credential of its own
     * @throws ApiException.Malformed when nothing may be sent to such a place
     * @throws ApiException for every answer but 2xx, classified
     */
    void put(String url, List<byte[]> parts) throws ApiException, InterruptedException;
}
