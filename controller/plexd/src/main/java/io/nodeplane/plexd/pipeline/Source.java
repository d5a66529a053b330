package io.nodeplane.plexd.pipeline;

import java.io.IOException;
import java.util.List;

/**
 * Where the records of a pipeline come from. Used by one thread at a time.
 *
 * @param <R> the record
 */
public interface Source<R> extends AutoCloseable {
    /** Short name for logs, for example {@code journald}. */
    String name();

    /**
     * Hands over what is new since the last call. A source that keeps a position commits it only after the intake took the
     * records, so that a crash between the two repeats records instead of losing them.
     *
     * @throws IOException when the source cannot be read or the intake cannot take; told once, tried again at the next tick
     */
    void collect(Intake<R> intake) throws IOException, InterruptedException;

    /** Frees what is open; the pipeline calls it last. A source that holds nothing open needs none. */
    @Override
    default void close() throws IOException {}

    /**
     * Takes collected records.
     *
     * @param <R> the record
     */
    @FunctionalInterface
    interface Intake<R> {
        /** When this returns, the records are as safe as the pipeline's buffer makes them. */
        void accept(List<R> records) throws IOException, InterruptedException;

        /**
         * Whether a restart finds all that was accepted. Until then a source stores no position: the disk that refuses the records may
         * take a position, which is small, and a kill would lose what lies before it.
         */
        default boolean isKept() {
            return true;
        }
    }
}
