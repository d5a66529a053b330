package io.nodeplane.runtime.logging;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Renders an event as one logfmt line: {@code time=… level=… logger=… msg="…" key=value}; a stack trace follows indented. */
final class LogLine {
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private LogLine() {}

    /** The line with its line break. */
    static String of(LogEvent event) {
        var line = new StringBuilder(160);
        line.append("time=").append(MILLISECONDS.format(event.at()));
        line.append(" level=").append(event.level().name().toLowerCase(Locale.ROOT));
        line.append(" logger=").append(event.logger());
        line.append(" msg=");
        quote(line, event.message());
        event.fields().forEach((key, value) -> {
            line.append(' ');
            appendKey(line, key);
            line.append('=');
            appendValue(line, value);
        });
        line.append('\n');
        if (!event.stackTrace().isEmpty()) {
            event.stackTrace()
                    .lines()
                    .forEach(frame -> line.append("    ").append(frame).append('\n'));
        }
        return line.toString();
    }

    private static void appendKey(StringBuilder line, String key) {
        for (var i = 0; i < key.length(); i++) {
            line.append(isPlain(key.charAt(i)) ? key.charAt(i) : '_');
        }
    }

    private static void appendValue(StringBuilder line, String value) {
        for (var i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                quote(line, value);
                return;
            }
        }
        line.append(value.isEmpty() ? "\"\"" : value);
    }

    private static boolean isPlain(char c) {
        return c > ' ' && c != '"' && c != '=' && c != '\\' && c < 0x7f;
    }

    private static void quote(StringBuilder line, String value) {
        line.append('"');
        for (var i = 0; i < value.length(); i++) {
            appendEscaped(line, value.charAt(i));
        }
        line.append('"');
    }

    private static void appendEscaped(StringBuilder line, char c) {
        switch (c) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                // Control characters of a hostile value must not reach a terminal.
                if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                    line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    line.append(c);
                }
            }
        }
    }
}
