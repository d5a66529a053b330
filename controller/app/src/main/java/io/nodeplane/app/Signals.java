package io.nodeplane.app;

import io.nodeplane.plexd.http.CredentialRejected;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the features tell the main thread; many tellings before it looks count as one.
 *
 * <p>The heartbeat decides: it is small, regular and refused only for its credential, while a 401 on another route may come
 * from something on the way, and the next heartbeat tells (protocol facts 2.6). Thread-safe.
 */
final class Signals implements CredentialRejected {
    private static final String DECIDING = "heartbeat";

    /** The node leaves for good. */
    record Farewell(boolean purge) {}

    private final Semaphore rejections = new Semaphore(0);
    private final AtomicReference<Optional<Farewell>> farewell = new AtomicReference<>(Optional.empty());

    @Override
    public void credentialRejected(String by) {
        if (by.equals(DECIDING)) {
            rejections.release();
        }
    }

    /** The control plane has let the node go. */
    void leave(boolean purge) {
        farewell.set(Optional.of(new Farewell(purge)));
        rejections.release();
    }

    /** Set once the node leaves. */
    Optional<Farewell> farewell() {
        return farewell.get();
    }

    /** Waits until a credential was rejected or the node leaves. */
    void awaitNews() throws InterruptedException {
        rejections.acquire();
        rejections.drainPermits();
    }

    /** What was told about a credential that is no longer used. */
    void forget() {
        rejections.drainPermits();
    }
}
