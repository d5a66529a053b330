package io.nodeplane.plexd.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.nodeplane.runtime.storage.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cursor as a small JSON file, replaced atomically. A damaged one is told and counts as none: the agent pulls the whole
 * state after a start anyway.
 */
public final class FileEventCursors implements EventCursors {
    private static final Logger LOG = LoggerFactory.getLogger(FileEventCursors.class);
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Path file;

    /** Usually {@code events.json} in the data directory. */
    public FileEventCursors(Path file) {
        this.file = file;
    }

    @Override
    public EventCursor load() {
        try {
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException firstStart) {
            return EventCursor.START;
        } catch (IOException | DateTimeException damaged) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", damaged.getMessage())
                    .log("event cursor is unreadable, starting without");
            return EventCursor.START;
        }
    }

    @Override
    public void save(EventCursor cursor) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("last_event_id", cursor.lastEventId().orElse(""));
            out.writeStringField("newest_issued_at", cursor.newest().toString());
            out.writeEndObject();
        }
        AtomicFile.write(file, bytes.toByteArray());
    }

    private static EventCursor parse(byte[] json) throws IOException {
        var id = "";
        var newest = Instant.EPOCH;
        try (var in = FACTORY.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var member = in.currentName();
                in.nextToken();
                switch (member) {
                    case "last_event_id" -> id = in.getText();
                    case "newest_issued_at" -> newest = Instant.parse(in.getText());
                    default -> in.skipChildren();
                }
            }
        }
        return new EventCursor(id.isEmpty() ? Optional.empty() : Optional.of(id), newest);
    }
}
