package io.nodeplane.runtime.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a connection when its time is over, which ends every read and write on it: channels know no time limit of their
 * own, and unix domain sockets have no other form. Thread-safe.
 */
final class Deadline implements AutoCloseable {
    private final SocketChannel connection;
    private final Thread watch;
    private volatile long at;
    private volatile boolean over;

    Deadline(String name, SocketChannel connection, Duration limit) {
        this.connection = connection;
        this.at = System.nanoTime() + limit.toNanos();
        this.watch = Thread.ofVirtual().name(name + "-deadline").start(this::watch);
    }

    /** From now on this long. */
    void in(Duration limit) {
        at = System.nanoTime() + limit.toNanos();
        LockSupport.unpark(watch);
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(watch);
    }

    private void watch() {
        while (!over) {
            var left = at - System.nanoTime();
            if (left <= 0) {
                cut();
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private void cut() {
        try {
            connection.close();
        } catch (IOException goneAnyway) {
            // Whoever reads or writes on it hears of it.
        }
    }
}
