package io.nodeplane.plexd.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of one kind of record: on disk, for local endpoints and in the seeds' contract (protocol facts 5.3 to 5.5).
 *
 * <p>Streaming on purpose: a batch of audit records is megabytes, and no tree of it may stand in a 48 MB heap. Subclasses
 * are stateless, so instances are thread-safe.
 *
 * @param <R> the record
 */
public abstract class RecordJson<R> {
    /** Our own spool is read back through this limit; records are far smaller than it. */
    private static final int MAX_STRING_CHARS = 64 << 20;

    /** Shared by all codecs: a factory is costly and thread-safe. */
    protected static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING_CHARS)
                    .build())
            .build();

    /** For the subclasses of the feature packages. */
    protected RecordJson() {}

    /** Writes the record as one JSON object. */
    protected abstract void write(R record, JsonGenerator out) throws IOException;

    /**
     * Reads one object; the parser stands behind its opening brace. Unknown members are skipped.
     *
     * @throws IOException when a member is missing or has the wrong type
     */
    protected abstract R read(JsonParser in) throws IOException;

    /** About how many bytes of heap the record takes; bounds what waits in memory. */
    protected abstract int weight(R record);

    /** The batch as a JSON array, UTF-8. */
    public final byte[] array(List<R> batch) {
        var bytes = new ByteArrayOutputStream(batch.size() * 256);
        try (var out = FACTORY.createGenerator(bytes)) {
            out.writeStartArray();
            for (var each : batch) {
                write(each, out);
            }
            out.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** One record as a JSON object, UTF-8. */
    public final byte[] object(R record) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = FACTORY.createGenerator(bytes)) {
            write(record, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The record of one JSON object.
     *
     * @throws IOException when the bytes are no such object
     */
    public final R parse(byte[] object) throws IOException {
        try (var in = FACTORY.createParser(object)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("record is no JSON object");
            }
            return read(in);
        } catch (DateTimeException malformed) {
            throw new IOException("record has a malformed timestamp", malformed);
        }
    }

    /** Fails with the member's name when a record that was read lacks it. */
    protected static <T> T required(@Nullable T value, String member) throws IOException {
        if (value == null) {
            throw new IOException("record has no member " + member);
        }
        return value;
    }
}
