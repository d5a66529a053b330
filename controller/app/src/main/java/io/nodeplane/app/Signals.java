package io.nodeplane.app;

import io.nodeplane.plexd.http.CredentialRejected;
import java.util.concurrent.Semaphore;

/**
 * What the features tell the main thread; many tellings before it looks count as one.
 *
 * <p>The heartbeat decides: it is small, regular and refused only for its credential, while a 401 on another route may come
 * from something on the way, and the next heartbeat tells (protocol facts 2.6). Thread-safe.
 */
final class Signals implements CredentialRejected {
    private static final String DECIDING = "heartbeat";

    private final Semaphore rejections = new Semaphore(0);

    @Override
    public void credentialRejected(String by) {
        if (by.equals(DECIDING)) {
            rejections.release();
        }
    }

    /** Waits until a credential was rejected. */
    void awaitRejection() throws InterruptedException {
        rejections.acquire();
        rejections.drainPermits();
    }

    /** What was told about a credential that is no longer used. */
    void forget() {
        rejections.drainPermits();
    }
}
