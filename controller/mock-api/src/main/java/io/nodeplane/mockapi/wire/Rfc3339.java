package io.nodeplane.mockapi.wire;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Times as Go's {@code time.Time} reads and writes them in JSON. SOURCE: RFC 3339; facts 3.6, canonical rule 3. */
public final class Rfc3339 {
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private Rfc3339() {}

    /** True when {@code text} is a full RFC 3339 time with offset and at most nanoseconds. */
    public static boolean matches(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The time in {@code text}; {@link DateTimeException} when it is none. */
    public static OffsetDateTime parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new DateTimeException("expected an RFC 3339 time");
        }
        return OffsetDateTime.parse(text);
    }

    /** Canonical text: fraction without trailing zeros, none if zero, offset zero as {@code Z}. */
    public static String format(OffsetDateTime time) {
        var text = new StringBuilder(SECONDS.format(time));
        if (time.getNano() != 0) {
            var fraction = "%09d".formatted(time.getNano());
            text.append('.').append(fraction.replaceAll("0+$", ""));
        }
        return text.append(
                        time.getOffset().equals(ZoneOffset.UTC)
                                ? "Z"
                                : time.getOffset().getId())
                .toString();
    }
}
