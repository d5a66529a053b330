package io.nodeplane.mockapi.fault;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The faults in force. The first that fits a request hits it. Thread-safe. */
public final class Faults {
    private final Clock clock;
    private final List<Armed> armed = new ArrayList<>();

    /** No faults; durations are measured by the given clock. */
    public Faults(Clock clock) {
        this.clock = clock;
    }

    /** A fault in force and how often it hit. */
    public record Active(Fault fault, int hits) {}

    private static final class Armed {
        private final Fault fault;
        private final RoutePattern pattern;
        private final Optional<Instant> end;
        private int hits;

        Armed(Fault fault, Instant now) {
            this.fault = fault;
            this.pattern = RoutePattern.parse(fault.route());
            this.end = fault.duration().map(now::plus);
        }

        boolean isOver(Instant now) {
            return end.filter(at -> !now.isBefore(at)).isPresent();
        }

        boolean isSpent() {
            return fault.times().isPresent() && hits >= fault.times().getAsInt();
        }
    }

    /** Adds faults behind those in force. */
    public synchronized void add(Fault... faults) {
        var now = clock.instant();
        Arrays.stream(faults).map(fault -> new Armed(fault, now)).forEach(armed::add);
    }

    /** Ends all faults. */
    public synchronized void clear() {
        armed.clear();
    }

    /** Ends all faults of a route pattern. */
    public synchronized void clear(String route) {
        armed.removeIf(one -> one.fault.route().equals(route));
    }

    /** The fault that hits this request, counted. */
    public synchronized Optional<Fault> hit(String method, String path) {
        var now = clock.instant();
        for (var one : armed) {
            if (!one.isOver(now) && !one.isSpent() && one.pattern.matches(method, path)) {
                one.hits++;
                return Optional.of(one.fault);
            }
        }
        return Optional.empty();
    }

    /** The faults in force and those that are spent; expired ones are gone. */
    public synchronized List<Active> list() {
        var now = clock.instant();
        armed.removeIf(one -> one.isOver(now));
        return armed.stream().map(one -> new Active(one.fault, one.hits)).toList();
    }
}
