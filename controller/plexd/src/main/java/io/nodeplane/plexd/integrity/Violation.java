package io.nodeplane.plexd.integrity;

import java.time.Instant;
import java.util.Locale;

/**
 * A file that is not what it was.
 *
 * @param path of the file
 * @param expected lower-case hex SHA-256; that of no bytes where nothing was expected
 * @param actual as {@code expected}; that of no bytes for a file that is gone
 * @param detail for people
 */
public record Violation(
        Kind kind, Detection detectedBy, String path, String expected, String actual, String detail, Instant at) {
    /** What kind of file. */
    public enum Kind {
        BINARY,
        HOOK;

        /** The seeds' word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What made the agent look. */
    public enum Detection {
        /** First look of a process. */
        STARTUP_SCAN,
        /** Look at every interval. */
        PERIODIC_SCAN,
        /** A change of the directory was heard. */
        INOTIFY,
        /** A hook was to be run. */
        PRE_DISPATCH;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
