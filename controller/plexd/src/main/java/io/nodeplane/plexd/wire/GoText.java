package io.nodeplane.plexd.wire;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Times and durations as Go prints them (protocol facts 3.2 and 3.6). */
public final class GoText {
    private GoText() {}

    /** RFC 3339 with a fraction that has no trailing zeros, {@code Z} for offset zero, other offsets kept. */
    public static String time(OffsetDateTime time) {
        var seconds = String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
        return seconds + fraction(time.getNano()) + offset(time.getOffset());
    }

    private static String fraction(int nanos) {
        return nanos == 0 ? "" : ("." + String.format(Locale.ROOT, "%09d", nanos)).replaceAll("0+$", "");
    }

    private static String offset(ZoneOffset offset) {
        var minutes = offset.getTotalSeconds() / 60;
        if (minutes == 0) {
            return "Z";
        }
        return String.format(
                Locale.ROOT, "%s%02d:%02d", minutes < 0 ? "-" : "+", Math.abs(minutes) / 60, Math.abs(minutes) % 60);
    }

    /** For example {@code 1h2m3.5s}; units below the first are always told, as Go does. */
    public static String duration(Duration duration) {
        var hours = duration.toHours();
        var minutes = duration.toMinutesPart();
        var seconds = duration.toSecondsPart() + fraction(duration.toNanosPart()) + "s";
        if (hours > 0) {
            return hours + "h" + minutes + "m" + seconds;
        }
        return minutes > 0 ? minutes + "m" + seconds : seconds;
    }
}
