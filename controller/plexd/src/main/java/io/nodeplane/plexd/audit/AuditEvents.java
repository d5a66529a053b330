package io.nodeplane.plexd.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.nodeplane.runtime.text.Unicode;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Kubernetes audit event (audit.k8s.io/v1) as a stream: what a request carried is skipped, never held.
 *
 * <p>Events of stage {@code RequestReceived} give no record: they have no result yet, and {@code ResponseComplete} or
 * {@code Panic} of the same request follows. A missing {@code responseStatus} in any other stage counts as failure (facts 5.5).
 */
final class AuditEvents {
    /** Characters of a name or of a value that is read; what is skipped may be of any length. */
    private static final int MAX_TEXT = 1 << 20;

    /** Groups of a user that are told apart from {@code raw}; real users have a dozen. */
    private static final int MAX_GROUPS = 1000;

    /** Digits of a status code that is one. */
    private static final int MAX_CODE_DIGITS = 3;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // UTF-8 is what JSON is (RFC 8259, section 8.1); a line of NULs is no UTF-16.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2000)
                    .maxNameLength(MAX_TEXT)
                    .maxStringLength(MAX_TEXT)
                    .build())
            .build();
    private final String hostname;

    AuditEvents(String hostname) {
        this.hostname = hostname;
    }

    /** Gives the text of the line, if it is needed. */
    @FunctionalInterface
    interface Raw {
        String text() throws IOException;
    }

    Optional<AuditRecord> read(byte[] bytes, int from, int length, Raw raw) throws IOException {
        try (var in = factory.createParser(bytes, from, length)) {
            return read(in, raw);
        }
    }

    /**
     * The record of a line, or empty for an event that gives none.
     *
     * @throws IOException when the line is no JSON object or no audit event
     */
    Optional<AuditRecord> read(InputStream line, Raw raw) throws IOException {
        try (var in = factory.createParser(line)) {
            return read(in, raw);
        }
    }

    private Optional<AuditRecord> read(JsonParser in, Raw raw) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new NotAnEvent("audit line is no JSON object");
        }
        var event = new Event();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var member = in.currentName();
            in.nextToken();
            event.take(member, in);
        }
        if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
            throw new NotAnEvent("audit line ends too early or holds more than one event");
        }
        if (event.verb == null) {
            throw new NotAnEvent("audit event has no verb");
        }
        if ("RequestReceived".equals(event.stage)) {
            return Optional.empty();
        }
        return Optional.of(event.record(event.verb, hostname, raw.text()));
    }

    /** The members that matter, as they come along. */
    private static final class Event {
        private @Nullable String verb;
        private @Nullable String stage;
        private @Nullable String stageTimestamp;
        private @Nullable String requestReceivedTimestamp;
        private @Nullable String requestUri;
        private @Nullable String username;
        private @Nullable String resource;
        private @Nullable String namespace;
        private @Nullable String name;
        private final List<String> groups = new ArrayList<>();
        private int code;

        void take(String member, JsonParser in) throws IOException {
            switch (member) {
                case "verb" -> verb = text(in);
                case "stage" -> stage = text(in);
                case "stageTimestamp" -> stageTimestamp = text(in);
                case "requestReceivedTimestamp" -> requestReceivedTimestamp = text(in);
                case "requestURI" -> requestUri = text(in);
                case "user" -> takeMembers(in, this::takeUser);
                case "objectRef" -> takeMembers(in, this::takeObject);
                case "responseStatus" -> takeMembers(in, this::takeStatus);
                default -> in.skipChildren();
            }
        }

        private interface Members {
            void take(String member, JsonParser in) throws IOException;
        }

        private static void takeMembers(JsonParser in, Members members) throws IOException {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                in.skipChildren();
                return;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var member = in.currentName();
                in.nextToken();
                members.take(member, in);
            }
        }

        private void takeUser(String member, JsonParser in) throws IOException {
            if (member.equals("username")) {
                username = text(in);
                return;
            }
            if (!member.equals("groups") || in.currentToken() != JsonToken.START_ARRAY) {
                in.skipChildren();
                return;
            }
            while (in.nextToken() != JsonToken.END_ARRAY) {
                var group = text(in);
                if (group != null && groups.size() < MAX_GROUPS) {
                    groups.add(group);
                }
            }
        }

        private void takeObject(String member, JsonParser in) throws IOException {
            switch (member) {
                case "resource" -> resource = text(in);
                case "namespace" -> namespace = text(in);
                case "name" -> name = text(in);
                default -> in.skipChildren();
            }
        }

        private void takeStatus(String member, JsonParser in) throws IOException {
            if (!member.equals("code") || in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                in.skipChildren();
                return;
            }
            // Not read as a number when it is none of HTTP: a longer one would throw, and cost the event.
            code = in.getTextLength() <= MAX_CODE_DIGITS ? in.getIntValue() : 0;
        }

        /** The string, or null for any other kind of value. */
        private static @Nullable String text(JsonParser in) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                return Unicode.wellFormed(in.getText());
            }
            in.skipChildren();
            return null;
        }

        AuditRecord record(String action, String hostname, String raw) throws IOException {
            return new AuditRecord(
                    timestamp(),
                    "k8s-audit",
                    action,
                    subject(),
                    quoted(object()),
                    action,
                    code >= 200 && code <= 299 ? "success" : "failure",
                    hostname,
                    raw);
        }

        private Instant timestamp() throws IOException {
            var text = stageTimestamp == null || stageTimestamp.isEmpty() ? requestReceivedTimestamp : stageTimestamp;
            if (text == null) {
                throw new NotAnEvent("audit event has neither stageTimestamp nor requestReceivedTimestamp");
            }
            try {
                return Instant.parse(text);
            } catch (DateTimeException malformed) {
                throw new NotAnEvent("audit event has a malformed timestamp");
            }
        }

        private String subject() {
            var json = new StringBuilder("{\"username\":").append(quoted(username == null ? "" : username));
            if (!groups.isEmpty()) {
                json.append(",\"groups\":[");
                for (var i = 0; i < groups.size(); i++) {
                    json.append(i == 0 ? "" : ",").append(quoted(groups.get(i)));
                }
                json.append(']');
            }
            return json.append('}').toString();
        }

        private String object() {
            if (resource == null) {
                return requestUri == null ? "" : requestUri;
            }
            var path = new StringBuilder();
            if (namespace != null && !namespace.isEmpty()) {
                path.append(namespace).append('/');
            }
            path.append(resource);
            if (name != null && !name.isEmpty()) {
                path.append('/').append(name);
            }
            return path.toString();
        }

        private static String quoted(String text) {
            return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        }
    }
}
