package io.nodeplane.runtime.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/**
 * The basics of process and JVM, under the names that Prometheus clients agree on.
 *
 * <p>Read from {@code /proc/self} and {@link Runtime}: the management beans would load a module and some megabytes for the
 * same figures.
 */
public final class ProcessMetrics {
    private static final double CLOCK_TICKS = 100;
    private static final double PAGE_BYTES = 4096;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int THREADS = 17;
    private static final int RSS = 21;

    private final Path self;

    private ProcessMetrics(Path self) {
        this.self = self;
    }

    /**
     * Adds the figures to a registry.
     *
     * @param self usually {@code /proc/self}
     */
    public static void register(PrometheusRegistry registry, Path self) {
        var process = new ProcessMetrics(self);
        var memory = Runtime.getRuntime();
        counter(registry, "process_cpu_seconds", "user and system CPU time", process::cpuSeconds);
        gauge(registry, "process_resident_memory_bytes", "resident memory", process::residentBytes);
        gauge(registry, "process_threads", "threads of the operating system", () -> process.stat(THREADS));
        gauge(registry, "process_open_fds", "open file descriptors", process::openFiles);
        gauge(registry, "jvm_memory_used_bytes", "used heap", () -> memory.totalMemory() - memory.freeMemory());
        gauge(registry, "jvm_memory_committed_bytes", "committed heap", memory::totalMemory);
        gauge(registry, "jvm_memory_max_bytes", "limit of the heap", memory::maxMemory);
        var started = ProcessHandle.current().info().startInstant();
        started.ifPresent(at -> gauge(
                registry,
                "process_start_time_seconds",
                "start in seconds since 1970",
                () -> at.toEpochMilli() / 1000.0));
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private static void counter(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private double cpuSeconds() {
        return (stat(UTIME) + stat(STIME)) / CLOCK_TICKS;
    }

    private double residentBytes() {
        return stat(RSS) * PAGE_BYTES;
    }

    /** One field behind the command of {@code /proc/self/stat} (proc_pid_stat(5)); not a number when there is no such file. */
    private double stat(int field) {
        try {
            var line = Files.readString(self.resolve("stat"));
            return Double.parseDouble(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[field]);
        } catch (IOException | RuntimeException noProc) {
            return Double.NaN;
        }
    }

    private double openFiles() {
        try (var files = Files.list(self.resolve("fd"))) {
            return files.count();
        } catch (IOException noProc) {
            return Double.NaN;
        }
    }
}
