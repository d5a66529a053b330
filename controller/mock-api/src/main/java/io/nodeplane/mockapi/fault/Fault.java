package io.nodeplane.mockapi.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A fault on demand. Build it with {@link #on} and the methods below it.
 *
 * @param route {@code METHOD /path}: {@code *} stands for any method, one segment, or alone for every route; a last
 *     segment {@code **} for the rest of the path
 * @param delay wait before anything else
 * @param status answer with this status instead of the route's
 * @param headers headers of the replaced answer, such as {@code Retry-After}
 * @param body body of the replaced answer
 * @param bodySize body of that many {@code x} instead
 * @param cut close the connection
 * @param truncate keep only the first bytes of the route's answer, as a complete answer
 * @param run run the route (count, capture) although its answer is replaced
 * @param times how many requests it hits; empty for no limit
 * @param duration how long it lasts from when it is set; empty for no limit
 */
public record Fault(
        String route,
        Duration delay,
        OptionalInt status,
        Map<String, String> headers,
        Optional<String> body,
        OptionalInt bodySize,
        Cut cut,
        OptionalInt truncate,
        boolean run,
        OptionalInt times,
        Optional<Duration> duration) {

    /** Where the connection is closed. */
    public enum Cut {
        /** Not at all. */
        NONE,
        /** Before the route runs: the request is lost. */
        BEFORE,
        /** In the middle of the route's answer. */
        HALF,
        /** After the route ran, before its answer: the answer is lost. */
        AFTER
    }

    /** The largest body that {@code bodySize} makes. */
    private static final int MOST_BYTES = 64 << 20;

    /** Refuses what cannot be done. */
    public Fault {
        headers = Map.copyOf(headers);
        RoutePattern.parse(route);
        atLeast("delay", delay.toMillis(), 0);
        status.ifPresent(value -> within("status", value, 200, 599));
        bodySize.ifPresent(value -> within("body_size", value, 0, MOST_BYTES));
        truncate.ifPresent(value -> atLeast("truncate", value, 0));
        times.ifPresent(value -> atLeast("times", value, 1));
        duration.ifPresent(value -> atLeast("duration", value.toMillis(), 1));
        if (body.isPresent() && bodySize.isPresent()) {
            throw new IllegalArgumentException("body, body_size: expected one of them");
        }
    }

    private static void atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + ": expected at least " + least + ", got " + value);
        }
    }

    private static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": expected " + least + " to " + most + ", got " + value);
        }
    }

    /** A fault on a route that does nothing yet. */
    public static Fault on(String route) {
        return new Fault(
                route,
                Duration.ZERO,
                OptionalInt.empty(),
                Map.of(),
                Optional.empty(),
                OptionalInt.empty(),
                Cut.NONE,
                OptionalInt.empty(),
                false,
                OptionalInt.empty(),
                Optional.empty());
    }

    /** Waits first. */
    public Fault delay(Duration value) {
        return new Fault(route, value, status, headers, body, bodySize, cut, truncate, run, times, duration);
    }

    /** Answers with a status; the route does not run. */
    public Fault status(int value) {
        var present = OptionalInt.of(value);
        return new Fault(route, delay, present, headers, body, bodySize, cut, truncate, run, times, duration);
    }

    /** Adds a header to the replaced answer. */
    public Fault header(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Fault(route, delay, status, more, body, bodySize, cut, truncate, run, times, duration);
    }

    /** Answers with a body; the route does not run. */
    public Fault body(String value) {
        var present = Optional.of(value);
        return new Fault(route, delay, status, headers, present, bodySize, cut, truncate, run, times, duration);
    }

    /** Answers with that many bytes; the route does not run. */
    public Fault bodySize(int value) {
        var present = OptionalInt.of(value);
        return new Fault(route, delay, status, headers, body, present, cut, truncate, run, times, duration);
    }

    /** Closes the connection. */
    public Fault cut(Cut value) {
        return new Fault(route, delay, status, headers, body, bodySize, value, truncate, run, times, duration);
    }

    /** Keeps only the first bytes of the answer. */
    public Fault truncate(int value) {
        var present = OptionalInt.of(value);
        return new Fault(route, delay, status, headers, body, bodySize, cut, present, run, times, duration);
    }

    /** Runs the route although its answer is replaced. */
    public Fault alsoRun() {
        return new Fault(route, delay, status, headers, body, bodySize, cut, truncate, true, times, duration);
    }

    /** Hits that many requests. */
    public Fault times(int value) {
        var present = OptionalInt.of(value);
        return new Fault(route, delay, status, headers, body, bodySize, cut, truncate, run, present, duration);
    }

    /** Lasts that long. */
    public Fault lasting(Duration value) {
        var present = Optional.of(value);
        return new Fault(route, delay, status, headers, body, bodySize, cut, truncate, run, times, present);
    }

    /** True when the route's answer is replaced by one of the fault's own. */
    public boolean replaces() {
        return status.isPresent() || body.isPresent() || bodySize.isPresent();
    }
}
