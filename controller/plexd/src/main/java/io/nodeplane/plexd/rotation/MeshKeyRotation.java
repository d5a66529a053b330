package io.nodeplane.plexd.rotation;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.http.Outage;
import io.nodeplane.plexd.identity.MeshKey;
import io.nodeplane.plexd.identity.StagedMeshKeys;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates the mesh key on request: stage a fresh key on disk, offer it until the control plane answers, put it to use
 * (protocol facts 4.5). A key that an earlier process staged is offered first, whatever the disk or the line did to it.
 *
 * <p>{@link #rotate} is thread-safe, the rest belongs to one thread.
 */
public final class MeshKeyRotation implements Worker.Body, RotationTrigger {
    /** From 5 s to at most 2 min (protocol facts 4.5), spread as all calls to the control plane are. */
    static final Backoff RETRY = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(2), 0.25);

    private static final Logger LOG = LoggerFactory.getLogger(MeshKeyRotation.class);

    private final MeshKeyOffers offers;
    private final StagedMeshKeys keys;
    private final CredentialRejected rejected;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Outage outage = new Outage(LOG, "keys/rotate");
    private final BlockingQueue<String> pending = new ArrayBlockingQueue<>(1);

    /**
     * Rotates nothing yet.
     *
     * @param random makes keys; a cryptographic one outside tests
     */
    public MeshKeyRotation(
            MeshKeyOffers offers,
            StagedMeshKeys keys,
            CredentialRejected rejected,
            Sleeper sleeper,
            RandomGenerator random) {
        this.offers = offers;
        this.keys = keys;
        this.rejected = rejected;
        this.sleeper = sleeper;
        this.random = random;
    }

    @Override
    public void rotate(String reason) {
        // A full queue means that a rotation is due anyway.
        var _ = pending.offer(reason);
    }

    @Override
    public void run() throws InterruptedException {
        if (isUnfinished()) {
            LOG.atInfo().log("mesh key rotation of an earlier process goes on");
            finish();
        }
        while (true) {
            var reason = pending.take();
            LOG.atInfo().addKeyValue("reason", reason).log("mesh key is to be rotated");
            finish();
            // What was asked meanwhile was asked for the same rotation.
            pending.clear();
        }
    }

    private boolean isUnfinished() {
        try {
            return keys.staged().isPresent();
        } catch (IOException unreadable) {
            LOG.atWarn().addKeyValue("reason", unreadable.getMessage()).log("staged mesh key is unreadable");
            return false;
        }
    }

    private void finish() throws InterruptedException {
        for (var failures = 1; !attempt(); failures++) {
            sleeper.sleep(RETRY.delay(failures, random));
        }
    }

    /** Whether the rotation is over. Always the same key: it was staged by the first attempt. */
    private boolean attempt() throws InterruptedException {
        try {
            var key = stagedOrFresh();
            conclude(offers.offer(key.publicText()), key);
            outage.ended();
            return true;
        } catch (ApiException failure) {
            outage.failed(failure);
            if (failure instanceof ApiException.Unauthorized) {
                rejected.credentialRejected("keys/rotate");
            }
            return false;
        } catch (IOException disk) {
            LOG.atWarn().addKeyValue("reason", disk.getMessage()).log("mesh key cannot be kept, rotation waits");
            return false;
        }
    }

    private MeshKey stagedOrFresh() throws IOException {
        var staged = keys.staged();
        if (staged.isPresent()) {
            return staged.get();
        }
        var fresh = MeshKey.generate(random);
        keys.stage(fresh);
        return fresh;
    }

    private void conclude(MeshKeyOffers.Answer answer, MeshKey key) throws IOException {
        switch (answer) {
            case TAKEN -> {
                keys.promote(key);
                LOG.atInfo().log("mesh key rotated");
            }
            case NOT_WANTED -> {
                keys.drop();
                LOG.atInfo().log("control plane wants no new mesh key, the staged one is dropped");
            }
        }
    }
}
