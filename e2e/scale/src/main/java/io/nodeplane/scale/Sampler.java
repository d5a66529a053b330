package io.nodeplane.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes readings again and again, and keeps the curves. A counter that begins anew goes on where it was. Thread-safe. */
final class Sampler implements AutoCloseable {
    private final Readings readings;
    private final Duration interval;
    private final Set<String> levels;
    private final Map<String, List<Curve.Point>> curves = new LinkedHashMap<>();
    private final Map<String, Double> previous = new HashMap<>();
    private final Thread thread;
    private final long began = System.nanoTime();

    private Sampler(Readings readings, Duration interval, Set<String> levels) {
        this.readings = readings;
        this.interval = interval;
        this.levels = Set.copyOf(levels);
        this.thread = Thread.ofPlatform().daemon().name("sampler").unstarted(this::run);
    }

    /**
     * Takes the first readings now.
     *
     * @param levels names of what is no counter, but may fall
     */
    static Sampler start(Readings readings, Duration interval, Set<String> levels) {
        var sampler = new Sampler(readings, interval, levels);
        sampler.sample();
        sampler.thread.start();
        return sampler;
    }

    /** Seconds since the start: the time of the curves. */
    double now() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Takes a reading out of turn. */
    void sample() {
        var taken = readings.read();
        keep(now(), taken);
    }

    private synchronized void keep(double now, Map<String, Double> taken) {
        taken.forEach((name, value) -> {
            var points = curves.computeIfAbsent(name, _ -> new ArrayList<>());
            if (levels.contains(name)) {
                points.add(new Curve.Point(now, value));
                return;
            }
            var before = previous.getOrDefault(name, 0.0);
            var base = points.isEmpty() ? 0 : points.getLast().count();
            points.add(new Curve.Point(now, base + (value >= before ? value - before : value)));
            previous.put(name, value);
        });
    }

    /** All readings of one name since the start, counted up. */
    synchronized Curve curve(String name) {
        return new Curve(curves.getOrDefault(name, List.of()));
    }

    /** The sum of several counters that are always read together. */
    synchronized Curve sum(List<String> names) {
        var total = new LinkedHashMap<Double, Double>();
        for (var name : names) {
            curves.getOrDefault(name, List.of())
                    .forEach(point -> total.merge(point.seconds(), point.count(), Double::sum));
        }
        var points = new ArrayList<Curve.Point>();
        total.forEach((seconds, count) -> points.add(new Curve.Point(seconds, count)));
        return new Curve(points);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                sample();
            }
        } catch (InterruptedException closed) {
            // The end of a sampler.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
