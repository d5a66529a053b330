package io.nodeplane.plexd.pipeline;

import java.nio.file.Path;

/**
 * Makes the buffer in front of a receiver.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface BufferFactory<R> {
    /** A buffer that tells its losses to {@code drops}. */
    RecordBuffer<R> create(Drops drops);

    /**
     * Buffers that a restart empties.
     *
     * @param maxRecords most records kept
     * @param maxBytes most bytes of heap kept, roughly
     */
    static <R> BufferFactory<R> inMemory(int maxRecords, long maxBytes, RecordJson<R> json) {
        return drops -> new InMemoryBuffer<>(maxRecords, maxBytes, json::weight, drops);
    }

    /**
     * Buffers in {@code <dataDirectory>/spool/<pipeline>}; while the disk refuses, in a little memory.
     *
     * @param maxBytes on disk
     */
    static <R> BufferFactory<R> onDisk(String pipeline, Path dataDirectory, long maxBytes, RecordJson<R> json) {
        var directory = dataDirectory.resolve("spool").resolve(pipeline);
        return drops -> new FallbackBuffer<>(
                pipeline,
                () -> Spool.open(directory, maxBytes, json, drops),
                new InMemoryBuffer<>(5_000, 2 << 20, json::weight, drops));
    }
}
