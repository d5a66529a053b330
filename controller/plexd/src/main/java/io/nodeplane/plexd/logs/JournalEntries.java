package io.nodeplane.plexd.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one line of {@code journalctl --output=json}. */
final class JournalEntries {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MICROS_PER_SECOND = 1_000_000;

    /**
     * One entry.
     *
     * @param log empty when the entry has no message
     */
    record Entry(String cursor, Optional<LogRecord> log) {}

    private final String hostname;

    JournalEntries(String hostname) {
        this.hostname = hostname;
    }

    /** The entry, or empty for a line that is none. */
    Optional<Entry> read(String line) {
        try {
            var members = members(line);
            var cursor = members.get("__CURSOR");
            return cursor == null ? Optional.empty() : Optional.of(new Entry(cursor, log(members)));
        } catch (IOException | NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static Map<String, String> members(String line) throws IOException {
        var members = new HashMap<String, String>();
        try (var in = FACTORY.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return members;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var name = in.currentName();
                in.nextToken();
                if (in.currentToken() == JsonToken.VALUE_STRING) {
                    members.put(name, in.getText());
                } else if (in.currentToken() == JsonToken.START_ARRAY && name.equals("MESSAGE")) {
                    members.put(name, bytes(in));
                } else {
                    in.skipChildren();
                }
            }
        }
        return members;
    }

    /** A message that is no plain text comes as an array of byte values. */
    private static String bytes(JsonParser in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            bytes.write(in.getIntValue());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Optional<LogRecord> log(Map<String, String> members) {
        var message = members.get("MESSAGE");
        var micros = members.get("__REALTIME_TIMESTAMP");
        if (message == null || message.isEmpty() || micros == null) {
            return Optional.empty();
        }
        var since = Long.parseLong(micros);
        var at = Instant.ofEpochSecond(since / MICROS_PER_SECOND, since % MICROS_PER_SECOND * 1000);
        var unit = members.getOrDefault("_SYSTEMD_UNIT", "");
        return Optional.of(new LogRecord(at, "journald", unit, LogText.limited(message), severity(members), hostname));
    }

    private static Severity severity(Map<String, String> members) {
        var priority = members.getOrDefault("PRIORITY", "");
        return priority.length() == 1 ? Severity.ofCode(priority.charAt(0) - '0') : Severity.INFO;
    }
}
