package io.nodeplane.plexd.outbox;

import io.nodeplane.plexd.http.ApiException;

/** Where items of one outbox go. */
@FunctionalInterface
public interface Delivery<T> {
    /** Sends one item, without retry. */
    void send(T item) throws ApiException, InterruptedException;
}
