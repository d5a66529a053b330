package io.nodeplane.plexd.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The machine's name, without asking a name server. */
public final class HostName {
    private HostName() {}

    /**
     * The kernel's host name, else variable {@code HOSTNAME}, else empty.
     *
     * @param proc usually {@code /proc}
     */
    public static String of(Path proc, Map<String, String> variables) {
        var fallback = variables.getOrDefault("HOSTNAME", "").strip();
        try {
            var name = Files.readString(proc.resolve("sys/kernel/hostname")).strip();
            return name.isEmpty() ? fallback : name;
        } catch (IOException unreadable) {
            return fallback;
        }
    }
}
