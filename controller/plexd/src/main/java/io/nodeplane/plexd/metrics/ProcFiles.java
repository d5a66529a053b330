package io.nodeplane.plexd.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the numbers of {@code proc(5)} that the metrics need. */
final class ProcFiles {
    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    /** Time of all processors together in clock ticks; guest time is part of user time and not counted twice. */
    CpuTimes cpu() throws IOException {
        var line = text("stat").lines().filter(each -> each.startsWith("cpu ")).findFirst();
        var fields = line.orElseThrow(() -> new IOException(root.resolve("stat") + " has no line \"cpu\""))
                .strip()
                .split("\\s+", -1);
        var total = 0L;
        for (var i = 1; i < Math.min(fields.length, 9); i++) {
            total += Long.parseLong(fields[i]);
        }
        // idle and iowait
        return new CpuTimes(total, Long.parseLong(fields[4]) + Long.parseLong(fields[5]));
    }

    /** {@code MemTotal}, {@code MemAvailable} and the like in bytes. */
    Map<String, Long> memory() throws IOException {
        var values = new HashMap<String, Long>();
        for (var line : text("meminfo").lines().toList()) {
            var fields = line.split("[:\\s]+", -1);
            if (fields.length >= 2) {
                values.put(fields[0], Long.parseLong(fields[1]) * 1024);
            }
        }
        return values;
    }

    /** Bytes received and sent by all interfaces but the loopback. */
    NetworkBytes network() throws IOException {
        var received = 0L;
        var sent = 0L;
        for (var line : text("net/dev").lines().skip(2).toList()) {
            var colon = line.indexOf(':');
            if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
                continue;
            }
            var fields = line.substring(colon + 1).strip().split("\\s+", -1);
            received += Long.parseLong(fields[0]);
            sent += Long.parseLong(fields[8]);
        }
        return new NetworkBytes(received, sent);
    }

    /** Average of runnable and waiting threads over 1, 5 and 15 minutes. */
    List<Double> loads() throws IOException {
        var fields = text("loadavg").strip().split("\\s+", -1);
        if (fields.length < 3) {
            throw new IOException(root.resolve("loadavg") + " has no three averages");
        }
        return List.of(Double.valueOf(fields[0]), Double.valueOf(fields[1]), Double.valueOf(fields[2]));
    }

    /** Kernel threads of this process, {@code Threads} of {@code self/status}. */
    long threads() throws IOException {
        return text("self/status")
                .lines()
                .filter(line -> line.startsWith("Threads:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("Threads:".length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException(root.resolve("self/status") + " has no line \"Threads\""));
    }

    private String text(String file) throws IOException {
        return Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1);
    }

    record CpuTimes(long total, long idle) {
        /** Busy share since an earlier sample in percent; 0 when no time has passed. */
        double busyPercentSince(CpuTimes earlier) {
            var passed = total - earlier.total;
            return passed <= 0 ? 0 : Math.clamp(100.0 * (passed - (idle - earlier.idle)) / passed, 0, 100);
        }
    }

    record NetworkBytes(long received, long sent) {}
}
