package io.nodeplane.mockapi.capture;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The counters of {@code /test/assertions}. Thread-safe. SOURCE: facts 10.2, counters; seed 004, assertion logic. */
public final class Counters {
    /** The 24 names of the seeds' contract without the suffix {@code _count}, in the order of the answer. */
    public static final List<String> NAMES = List.of(
            "registration",
            "heartbeat",
            "state",
            "metadata",
            "deregister",
            "key_rotate",
            "capabilities",
            "endpoint",
            "drift",
            "report",
            "secrets",
            "execution_ack",
            "execution_result",
            "metrics",
            "logs",
            "audit",
            "artifact",
            "tunnel_ready",
            "tunnel_closed",
            "integrity_violation",
            "inject_event",
            "local_metrics",
            "local_logs",
            "local_audit");

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();

    /** The counters of the seeds' contract at zero. */
    public Counters() {
        this(NAMES);
    }

    /** Counters at zero, in the order of the answer. */
    public Counters(List<String> names) {
        names.forEach(name -> counts.put(name, 0L));
    }

    /** Raises a counter by one; {@link IllegalArgumentException} for a name that does not exist. */
    public void raise(String name) {
        lock.lock();
        try {
            counts.put(name, count(name) + 1);
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The value of a counter; {@link IllegalArgumentException} for a name that does not exist. */
    public long count(String name) {
        lock.lock();
        try {
            var count = counts.get(name);
            if (count == null) {
                throw new IllegalArgumentException(
                        "counter: expected one of " + counts.keySet() + ", got \"" + name + "\"");
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a counter is at least {@code least}; false when the time is over first. */
    public boolean await(String name, long least, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (count(name) < least) {
                if (left <= 0) {
                    return false;
                }
                left = raised.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** All counters by their wire name, such as {@code heartbeat_count}. */
    public Map<String, Long> all() {
        lock.lock();
        try {
            var all = new LinkedHashMap<String, Long>();
            counts.forEach((name, count) -> all.put(name + "_count", count));
            return all;
        } finally {
            lock.unlock();
        }
    }
}
