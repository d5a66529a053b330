package io.nodeplane.runtime.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Durations as Go writes them: {@code 10s}, {@code 1m30s}, {@code 500ms}, {@code 1.5h}, {@code 0} (protocol facts 1.1; Go
 * package time, ParseDuration and Duration.String). Range: ±292 years, in nanoseconds.
 */
public final class GoDuration {
    /** Twice the longest that Go prints; half a million digits would take seconds to read. */
    private static final int MAX_CHARACTERS = 64;

    private static final long SECOND = 1_000_000_000L;

    private GoDuration() {}

    /** The duration, or empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        var negative = text.startsWith("-");
        var rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        var nanoseconds = rest.isEmpty() ? Optional.<BigDecimal>empty() : sum(rest);
        return nanoseconds
                .map(amount -> negative ? amount.negate() : amount)
                .filter(amount -> amount.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(amount -> Duration.ofNanos(amount.longValue()));
    }

    /** The shortest Go form, for example {@code 1m30s}; what {@link #parse} takes. */
    public static String format(Duration duration) {
        var nanoseconds = duration.toNanos();
        if (nanoseconds == 0) {
            return "0s";
        }
        var sign = nanoseconds < 0 ? "-" : "";
        var amount = Math.abs(nanoseconds);
        if (amount < SECOND) {
            return sign + belowOneSecond(amount);
        }
        var hours = amount / (3600 * SECOND);
        var minutes = amount / (60 * SECOND) % 60;
        var seconds = BigDecimal.valueOf(amount % (60 * SECOND), 9);
        return sign
                + (hours > 0 ? hours + "h" : "")
                + (minutes > 0 ? minutes + "m" : "")
                + (seconds.signum() > 0 ? plain(seconds) + "s" : "");
    }

    private static Optional<BigDecimal> sum(String text) {
        var total = BigDecimal.ZERO;
        var at = 0;
        while (at < text.length()) {
            var unitAt = endOfNumber(text, at);
            var end = endOfUnit(text, unitAt);
            var unit = nanosecondsOf(text.substring(unitAt, end));
            var number = text.substring(at, unitAt);
            if (unit == 0 || number.isEmpty() || number.equals(".") || number.indexOf('.') != number.lastIndexOf('.')) {
                return Optional.empty();
            }
            total = total.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)));
            at = end;
        }
        return Optional.of(total);
    }

    private static int endOfNumber(String text, int from) {
        var at = from;
        while (at < text.length() && isNumeric(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfUnit(String text, int from) {
        var at = from;
        while (at < text.length() && !isNumeric(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isNumeric(char c) {
        return c == '.' || (c >= '0' && c <= '9');
    }

    private static long nanosecondsOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            case "h" -> 3600 * SECOND;
            default -> 0;
        };
    }

    private static String belowOneSecond(long nanoseconds) {
        if (nanoseconds < 1_000) {
            return nanoseconds + "ns";
        }
        if (nanoseconds < 1_000_000) {
            return plain(BigDecimal.valueOf(nanoseconds, 3)) + "µs";
        }
        return plain(BigDecimal.valueOf(nanoseconds, 6)) + "ms";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
