package io.nodeplane.plexd.outbox;

import java.io.IOException;

/** The form of items in the files of an outbox; the agent's own, never the wire's. */
public interface ItemJson<T> {
    /** What the item is about, for example an execution id; a second item with the same key is told apart by its age only. */
    String key(T item);

    /** The whole item. */
    byte[] write(T item);

    /**
     * The item again.
     *
     * @throws IOException when the bytes are none
     */
    T read(byte[] bytes) throws IOException;
}
