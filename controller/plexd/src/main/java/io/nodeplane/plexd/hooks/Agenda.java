package io.nodeplane.plexd.hooks;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Names to look at and when; a name stands in it once, at the earliest of its times. Thread-safe. */
final class Agenda {
    private final Map<String, Instant> due = new HashMap<>();
    private final Semaphore news = new Semaphore(0);

    void at(Instant when, String name) {
        synchronized (due) {
            due.merge(name, when, (one, other) -> one.isBefore(other) ? one : other);
        }
        news.release();
    }

    /** Ends a wait, because something else is to be done earlier than was known. */
    void wake() {
        news.release();
    }

    void forget(String name) {
        synchronized (due) {
            due.remove(name);
        }
    }

    /** Takes what is due. */
    List<String> take(Instant now) {
        synchronized (due) {
            var names = due.keySet().stream()
                    .filter(name -> !due.getOrDefault(name, now).isAfter(now))
                    .sorted()
                    .toList();
            names.forEach(due::remove);
            return names;
        }
    }

    /** Waits until the earliest name is due, something new is put in, it is woken, or the limit is over. */
    void await(Instant now, Duration limit) throws InterruptedException {
        var wait = earliest()
                .map(when -> Duration.between(now, when))
                .filter(until -> until.compareTo(limit) < 0)
                .orElse(limit);
        if (news.tryAcquire(Math.max(0, wait.toMillis()) + 1, TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    private Optional<Instant> earliest() {
        synchronized (due) {
            return due.values().stream().min(Instant::compareTo);
        }
    }
}
