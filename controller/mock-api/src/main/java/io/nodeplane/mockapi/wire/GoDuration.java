package io.nodeplane.mockapi.wire;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 90s}, {@code 1m30s}, {@code 500ms}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /** The duration in {@code text}, never negative; {@link IllegalArgumentException} names what is expected. */
    public static Duration parse(String text) {
        var total = Duration.ZERO;
        var part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            var nanos =
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L)));
            total = total.plusNanos(nanos.longValue());
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException(
                    "expected a duration such as \"90s\" or \"1m30s\", got \"" + text + "\"");
        }
        return total;
    }
}
