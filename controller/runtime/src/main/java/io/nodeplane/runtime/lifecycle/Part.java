package io.nodeplane.runtime.lifecycle;

/** One part of a process: started once, stopped once. */
public interface Part extends AutoCloseable {
    /** Short name for logs and thread names, for example {@code heartbeat}. */
    String name();

    /** Starts and returns; long work goes to threads of its own. */
    void start();

    /** Stops within the time that is left; idempotent; throws nothing checked. */
    @Override
    void close();
}
