package io.nodeplane.runtime.logging;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.event.Level;

/**
 * The process's one log output: level, standard error, taps.
 *
 * <p>Static because SLF4J finds its provider through a static entry; nothing else in the project is. Thread-safe.
 */
public final class Logging {
    private static final String OURS = "io.nodeplane.";
    private static final List<LogTap> TAPS = new CopyOnWriteArrayList<>();
    private static volatile Level level = Level.INFO;
    private static volatile PrintStream stream = System.err;

    private Logging() {}

    /**
     * Sets the level by its configured name.
     *
     * @param name {@code debug}, {@code info}, {@code warn} or {@code error}; anything else acts as info (protocol facts 1.2)
     */
    public static void setLevel(String name) {
        level = switch (name.toLowerCase(Locale.ROOT)) {
            case "debug" -> Level.DEBUG;
            case "warn" -> Level.WARN;
            case "error" -> Level.ERROR;
            default -> Level.INFO;
        };
    }

    /** Sends lines to another stream than standard error. */
    public static void setStream(PrintStream other) {
        stream = other;
    }

    /** From now on the tap hears every event that passes the level. */
    public static void attach(LogTap tap) {
        TAPS.add(tap);
    }

    /** The tap hears no more. */
    public static void detach(LogTap tap) {
        TAPS.remove(tap);
    }

    /** Libraries speak from warn on, whatever the level: their debug lines tell nothing about the node. */
    static boolean passes(String logger, Level wanted) {
        if (logger.startsWith(OURS)) {
            return wanted.toInt() >= level.toInt();
        }
        return wanted.toInt() >= Math.max(level.toInt(), Level.WARN.toInt());
    }

    static String shortName(String logger) {
        return logger.startsWith(OURS) ? logger.substring(OURS.length()) : logger;
    }

    static void publish(LogEvent event) {
        // One call per line, so that lines of two threads never mix.
        stream.print(LogLine.of(event));
        for (var tap : TAPS) {
            tap.accept(event);
        }
    }
}
