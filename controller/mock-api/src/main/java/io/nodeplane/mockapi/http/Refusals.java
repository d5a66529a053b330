package io.nodeplane.mockapi.http;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last refused requests: the first thing to look at when a counter does not rise. Thread-safe. */
public final class Refusals {
    /** How many are kept. */
    private static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Clock clock;
    private final Deque<Refusal> last = new ArrayDeque<>();

    /** Refusals stamped by the given clock. */
    public Refusals(Clock clock) {
        this.clock = clock;
    }

    /** One refused request. */
    public record Refusal(Instant time, String method, String path, int status, String message) {}

    /** Remembers and logs a refusal. */
    public void add(Request request, RefusedException reason) {
        var refusal = new Refusal(
                clock.instant(),
                request.method(),
                request.path(),
                reason.status(),
                String.valueOf(reason.getMessage()));
        LOG.atInfo()
                .addKeyValue("method", refusal.method())
                .addKeyValue("path", refusal.path())
                .addKeyValue("status", refusal.status())
                .addKeyValue("reason", refusal.message())
                .log("request refused");
        synchronized (last) {
            last.addLast(refusal);
            if (last.size() > MOST) {
                last.removeFirst();
            }
        }
    }

    /** The refusals kept, oldest first. */
    public List<Refusal> list() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }
}
