package io.nodeplane.plexd.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.nodeplane.plexd.follow.FollowedFile;
import io.nodeplane.plexd.follow.Line;
import io.nodeplane.plexd.follow.Positions;
import io.nodeplane.plexd.pipeline.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the API server's audit log, JSON lines (seed 000, "K8sAuditLogReader"; protocol facts 5.5).
 *
 * <p>Every event is handed over once, or after a crash at least once: the position is stored after the records are in the
 * buffer. Lines of any length are read with constant memory; {@code raw} holds the whole line up to 1 MiB, of a longer one
 * the first MiB and {@code [truncated]}. Lines that are no audit event are skipped and counted in one warning per collection.
 * The first time a log is seen, reading begins at its end.
 */
public final class KubernetesAuditLog implements Source<AuditRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesAuditLog.class);

    /** Nearly all lines are shorter and parsed where they were read. */
    private static final int BUFFER_BYTES = 256 << 10;

    private static final int MAX_RAW_BYTES = 1 << 20;
    private static final String CUT = "[truncated]";
    private static final int MAX_CHUNK_RECORDS = 500;
    private static final long MAX_CHUNK_BYTES = 512 << 10;

    /** So much per collection: a backlog must not keep other sources and the end of the process waiting for minutes. */
    private static final long MAX_COLLECTION_BYTES = 64 << 20;

    private final FollowedFile file;
    private final AuditEvents events;
    private final List<AuditRecord> chunk = new ArrayList<>();
    private long chunkBytes;
    private long collectedBytes;
    private long skipped;
    private @Nullable String skippedWhy;

    /**
     * A reader at rest.
     *
     * @param path of the log, {@code kubernetes.audit_log_path}
     * @param positions survive a restart
     */
    public KubernetesAuditLog(Path path, String hostname, Positions positions) {
        this.file = new FollowedFile(path, positions, new byte[BUFFER_BYTES], false);
        this.events = new AuditEvents(hostname);
    }

    @Override
    public String name() {
        return "k8s-audit";
    }

    /**
     * Hands over the events since the last call, at most about 64 MiB of lines.
     *
     * @throws java.nio.file.NoSuchFileException when there is no log, as on nodes without an API server
     */
    @Override
    public void collect(Intake<AuditRecord> intake) throws IOException, InterruptedException {
        collectedBytes = 0;
        skipped = 0;
        discardChunk();
        file.begin();
        try {
            do {
                drain(intake);
            } while (collectedBytes < MAX_COLLECTION_BYTES && file.advance());
        } finally {
            if (intake.isKept()) {
                file.save();
            }
            warnOfSkipped();
        }
    }

    private void drain(Intake<AuditRecord> intake) throws IOException, InterruptedException {
        for (var line = file.next(); line != null; line = file.next()) {
            add(line);
            collectedBytes += line.total();
            if (chunk.size() >= MAX_CHUNK_RECORDS || chunkBytes >= MAX_CHUNK_BYTES) {
                handOver(intake);
                if (collectedBytes >= MAX_COLLECTION_BYTES) {
                    return;
                }
            }
        }
        handOver(intake);
    }

    private void handOver(Intake<AuditRecord> intake) throws IOException, InterruptedException {
        if (!chunk.isEmpty()) {
            intake.accept(List.copyOf(chunk));
            discardChunk();
        }
        file.accepted();
    }

    private void discardChunk() {
        chunk.clear();
        chunkBytes = 0;
    }

    private void add(Line line) throws IOException {
        if (line.total() == 0) {
            return;
        }
        try {
            var record = line.whole()
                    ? events.read(line.bytes(), line.from(), line.length(), line::text)
                    : events.read(file.stream(line), () -> raw(line));
            record.ifPresent(chunk::add);
            chunkBytes += Math.min(line.total(), MAX_RAW_BYTES);
        } catch (JacksonException | NotAnEvent malformed) {
            skip(line, malformed);
        }
    }

    private String raw(Line line) throws IOException {
        var bytes = file.stream(line).readNBytes(MAX_RAW_BYTES);
        if (line.total() <= MAX_RAW_BYTES) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return new String(bytes, 0, wholeCharacters(bytes), StandardCharsets.UTF_8) + CUT;
    }

    /** Bytes up to the last character that is not cut in two. */
    private static int wholeCharacters(byte[] bytes) {
        var end = bytes.length;
        while (end > 0 && (bytes[end - 1] & 0xc0) == 0x80) {
            end--;
        }
        return end > 0 && (bytes[end - 1] & 0x80) != 0 ? end - 1 : end;
    }

    private void skip(Line line, IOException why) {
        if (skipped++ == 0) {
            skippedWhy = "at byte " + line.offset() + ": " + reason(why);
        }
    }

    /** The place only: Jackson's own messages quote the input, which an audit log may hold secrets in. */
    private static String reason(IOException why) {
        return switch (why) {
            // Jackson tells no place when a limit is passed.
            case StreamConstraintsException _ -> "deeper or longer than an audit event is";
            case JacksonException json
            when json.getLocation() != null ->
                "no JSON from column " + json.getLocation().getColumnNr() + " on";
            case JacksonException _ -> "no JSON";
            default -> String.valueOf(why.getMessage());
        };
    }

    private void warnOfSkipped() {
        if (skipped > 0) {
            LOG.atWarn()
                    .addKeyValue("file", file.path())
                    .addKeyValue("lines", skipped)
                    .addKeyValue("first", skippedWhy)
                    .log("audit lines skipped that are no audit events");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
