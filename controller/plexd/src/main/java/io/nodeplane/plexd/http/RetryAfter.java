package io.nodeplane.plexd.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: whole seconds or an HTTP date (RFC 9110, section 10.2.3). */
final class RetryAfter {
    /** A server's slip of the pen must not silence a node for years. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** The pause from {@code now}, zero to {@link #LONGEST}; null when the header is absent or neither form. */
    static @Nullable Duration pause(String header, Instant now) {
        var text = header.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > 9 ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return bounded(Duration.between(now, until.toInstant()));
        } catch (DateTimeParseException neither) {
            return null;
        }
    }

    private static Duration bounded(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
