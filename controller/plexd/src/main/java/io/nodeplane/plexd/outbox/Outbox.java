package io.nodeplane.plexd.outbox;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.http.Outage;
import io.nodeplane.runtime.lifecycle.Part;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings items to the control plane, oldest first, each at least once, over outages and restarts.
 *
 * <p>The worker is not interrupted by the stop of the agent: what was put at the last moment, such as the result of a cancelled
 * action, is still sent, for as long as the control plane answers and at most {@link #FLUSH_LIMIT}. Thread-safe.
 */
public final class Outbox<T> implements Part {
    /** Share of the 10 s that a stop may take (protocol facts 8.6). */
    static final Duration FLUSH_LIMIT = Duration.ofMillis(1_200);

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** Answers that speak of the bytes sent, or that say that the other side has them; the same bytes will not be taken. */
    private static final Set<Integer> CONTENT_REFUSED = Set.of(400, 409, 413, 422);

    /** What an outbox works with. */
    public record Tools(
            InstantSource clock,
            Backoff backoff,
            RandomGenerator random,
            CredentialRejected rejected,
            OutboxMetrics metrics,
            Runnable onDeath) {}

    private final String name;
    private final Delivery<T> delivery;
    private final Duration refusedFor;
    private final Tools tools;
    private final Outage outage;
    private final OutboxQueue<T> queue;
    private final Worker worker;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Semaphore stopping = new Semaphore(0);
    private volatile boolean closing;

    /**
     * An empty outbox until it is started.
     *
     * @param name for example {@code action-results}
     * @param directory of this outbox alone
     */
    public Outbox(
            String name, Path directory, OutboxLimits limits, ItemJson<T> json, Delivery<T> delivery, Tools tools) {
        this.name = name;
        this.delivery = delivery;
        this.refusedFor = limits.refusedFor();
        this.tools = tools;
        this.outage = new Outage(LOG, name);
        this.queue = new OutboxQueue<>(name, new OutboxFiles(directory), limits, json, tools);
        this.worker = new Worker(name, this::run, tools.onDeath());
    }

    @Override
    public String name() {
        return name;
    }

    /** Takes up what an earlier process left, and delivers nothing yet: {@link #holds} is complete from now on. */
    public void load() {
        queue.load();
    }

    /** Begins to deliver; {@link #load} comes before it. */
    @Override
    public void start() {
        worker.start();
    }

    /** Sends what waits if the control plane answers; what it does not take stays on disk. */
    @Override
    public void close() {
        closing = true;
        stopping.release();
        queue.wake();
        try {
            var _ = ended.await(FLUSH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        worker.close();
    }

    /**
     * Keeps the item until it was accepted.
     *
     * @param stored called when the item is durable and before it is sent, so that the caller's own note of it can not come too late;
     *     when the disk refuses the item, once the control plane took or refused it, and never when it is dropped before
     */
    public void put(T item, Runnable stored) {
        queue.put(item, stored);
    }

    /** Whether an item with the key waits. */
    public boolean holds(String key) {
        return queue.holds(key);
    }

    /** Waits until nothing waits; false when the time is over before. */
    public boolean awaitEmpty(Duration limit) throws InterruptedException {
        return queue.awaitEmpty(limit);
    }

    private void run() throws InterruptedException {
        try {
            while (!closing || queue.first().isPresent()) {
                var next = queue.first();
                if (next.isEmpty()) {
                    queue.awaitItem();
                } else if (!attempt(next.get()) && isToEnd()) {
                    return;
                }
            }
        } finally {
            ended.countDown();
        }
    }

    /** Waits before the next attempt; true when the outbox was closed. */
    private boolean isToEnd() throws InterruptedException {
        var delay = tools.backoff().delay(Math.max(1, outage.failures()), tools.random());
        return closing || stopping.tryAcquire(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the item is done with. */
    private boolean attempt(OutboxQueue.Entry<T> entry) throws InterruptedException {
        try {
            delivery.send(queue.load(entry));
            outage.ended();
            queue.done(entry, "delivered");
            return true;
        } catch (ApiException.Malformed accepted) {
            // A 2xx: the item was taken, whatever the answer's body says.
            queue.done(entry, "delivered");
            return true;
        } catch (ApiException.Rejected refused) {
            return isGivenUp(entry, refused);
        } catch (ApiException failure) {
            outage.failed(failure);
            if (failure instanceof ApiException.Unauthorized) {
                tools.rejected().credentialRejected(name);
            }
            return false;
        } catch (IOException unreadable) {
            LOG.atError()
                    .addKeyValue("outbox", name)
                    .addKeyValue("reason", unreadable.toString())
                    .log("stored item cannot be read and is dropped");
            queue.done(entry, "dropped");
            return true;
        }
    }

    private boolean isGivenUp(OutboxQueue.Entry<T> entry, ApiException.Rejected refused) {
        var age = Duration.between(entry.since(), tools.clock().instant());
        if (CONTENT_REFUSED.contains(refused.status()) || age.compareTo(refusedFor) > 0) {
            LOG.atError()
                    .addKeyValue("outbox", name)
                    .addKeyValue("reason", refused.getMessage())
                    .log("control plane refuses an item, it is dropped");
            queue.done(entry, "refused");
            return true;
        }
        outage.failed(refused);
        // One item that nobody wants must not hold back the others.
        queue.postpone(entry);
        return false;
    }
}
