package io.nodeplane.plexd.pipeline;

import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A buffer on disk that survives restarts and kills: append-only segment files of framed JSON records.
 *
 * <p>Durability: {@code append} returns after the data is synced, {@code acknowledge} after the position is. A crash between
 * delivery and acknowledgement delivers again (at least once). After a crash a new segment begins, so a torn tail is never
 * appended to; reading stops in front of it. Damage inside a segment costs the rest of that segment, which is counted. When
 * all segments together outgrow the limit, the oldest is deleted and its undelivered records are counted. Thread-safe; one
 * process at a time.
 */
public final class Spool<R> implements RecordBuffer<R> {
    private static final long MAX_SEGMENT_BYTES = 4 << 20;
    private static final String POSITION = "position";

    /** Where a record begins: its sequence number, the segment's first one, the byte offset in the segment. */
    private record Mark(long sequence, long segment, long offset) {
        static Mark startOf(long segment) {
            return new Mark(segment, segment, 0);
        }
    }

    private final Path directory;
    private final long maxBytes;
    private final RecordJson<R> json;
    private final Drops drops;
    private final TreeMap<Long, Long> sizes = new TreeMap<>();
    private final List<Mark> peeked = new ArrayList<>();
    private @Nullable SegmentFile active;
    private long next;
    private Mark head;

    private Spool(Path directory, long maxBytes, RecordJson<R> json, Drops drops) throws IOException {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.json = json;
        this.drops = drops;
        listSegments();
        var acknowledged = readPosition();
        next = sizes.isEmpty() ? acknowledged : Math.max(acknowledged, endOfLast());
        head = locate(acknowledged);
        deleteDelivered();
    }

    /**
     * Opens a directory, made with mode 0700 if missing, and finds what waits in it.
     *
     * @param maxBytes of all segments together, 64 KiB or more
     * @throws IOException when the directory cannot be made or read
     */
    public static <R> Spool<R> open(Path directory, long maxBytes, RecordJson<R> json, Drops drops) throws IOException {
        if (maxBytes < 1 << 16) {
            throw new IllegalArgumentException("spool limit is " + maxBytes + " bytes, expected 65536 or more");
        }
        AtomicFile.createPrivateDirectories(directory);
        return new Spool<>(directory, maxBytes, json, drops);
    }

    private void listSegments() throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                var first = SegmentFile.first(file);
                if (first.isPresent()) {
                    sizes.put(first.get(), Files.size(file));
                }
            }
        }
    }

    /** An unreadable position means 0: everything that is still there is delivered again. */
    private long readPosition() throws IOException {
        try {
            return Long.parseLong(Files.readString(directory.resolve(POSITION), StandardCharsets.US_ASCII)
                    .strip());
        } catch (NoSuchFileException | NumberFormatException fresh) {
            return 0;
        }
    }

    /** Only the last segment can have a torn tail, so only it is counted frame by frame. */
    private long endOfLast() throws IOException {
        var sequence = sizes.lastKey();
        try (var in = SegmentFile.open(SegmentFile.path(directory, sequence), 0)) {
            while (Frame.read(in) != null) {
                sequence++;
            }
        }
        return sequence;
    }

    private Mark locate(long sequence) throws IOException {
        var segment = sizes.floorKey(sequence);
        if (segment == null) {
            return Mark.startOf(sizes.isEmpty() ? sequence : sizes.firstKey());
        }
        var at = Mark.startOf(segment);
        try (var in = SegmentFile.open(SegmentFile.path(directory, segment), 0)) {
            while (at.sequence < sequence) {
                var payload = Frame.read(in);
                if (payload == null) {
                    return Mark.startOf(sequence);
                }
                at = after(at, payload);
            }
        }
        return at;
    }

    private static Mark after(Mark at, byte[] payload) {
        return new Mark(at.sequence + 1, at.segment, at.offset + Frame.HEADER_BYTES + payload.length);
    }

    @Override
    public synchronized void append(List<R> records) throws IOException {
        var payloads = records.stream().map(json::object).toList();
        var size = payloads.stream()
                .mapToInt(payload -> Frame.HEADER_BYTES + payload.length)
                .sum();
        var frames = ByteBuffer.allocate(size);
        payloads.forEach(payload -> frames.put(Frame.header(payload)).put(payload));
        var segment = segmentFor(size);
        segment.append(frames.flip());
        sizes.put(sizes.lastKey(), segment.size());
        next += records.size();
        keepLimit();
    }

    private SegmentFile segmentFor(int more) throws IOException {
        var current = active;
        var limit = Math.min(MAX_SEGMENT_BYTES, maxBytes / 8);
        if (current != null && current.usable() && (current.size() == 0 || current.size() + more <= limit)) {
            return current;
        }
        closeActive();
        var fresh = SegmentFile.create(SegmentFile.path(directory, next));
        active = fresh;
        sizes.put(next, 0L);
        return fresh;
    }

    private void closeActive() {
        if (active != null) {
            active.close();
            active = null;
        }
    }

    private void keepLimit() {
        var total = sizes.values().stream().mapToLong(Long::longValue).sum();
        while (total > maxBytes && sizes.size() > 1) {
            var oldest = sizes.firstEntry();
            if (!delete(oldest.getKey())) {
                return;
            }
            total -= oldest.getValue();
            var end = sizes.firstKey();
            var lost = end - Math.max(head.sequence, oldest.getKey());
            if (lost > 0) {
                head = Mark.startOf(end);
                drops.dropped(Drops.Reason.FULL, lost);
            }
        }
    }

    private boolean delete(long segment) {
        try {
            Files.deleteIfExists(SegmentFile.path(directory, segment));
        } catch (IOException kept) {
            // The file stays in the list and the next append tries again; the record just stored is stored.
            return false;
        }
        sizes.remove(segment);
        return true;
    }

    @Override
    public synchronized Batch<R> peek(int maxRecords, long maxBatchBytes) throws IOException {
        while (head.sequence < next) {
            var records = read(maxRecords, maxBatchBytes);
            if (!records.isEmpty()) {
                return new Batch<>(head.sequence, records);
            }
            skipUnreadable();
        }
        return new Batch<>(head.sequence, List.of());
    }

    /** Readable records from the head on, at most to the end of its segment. */
    private List<R> read(int maxRecords, long maxBatchBytes) throws IOException {
        peeked.clear();
        var records = new ArrayList<R>();
        var at = head;
        try (var in = SegmentFile.open(SegmentFile.path(directory, head.segment), head.offset)) {
            while (records.size() < maxRecords && at.sequence < end(at.segment)) {
                var payload = Frame.read(in);
                if (payload == null) {
                    break;
                }
                var following = after(at, payload);
                var parsed = parse(payload);
                if (!records.isEmpty() && (parsed.isEmpty() || following.offset - head.offset > maxBatchBytes)) {
                    break;
                }
                at = following;
                if (parsed.isEmpty()) {
                    drops.dropped(Drops.Reason.CORRUPT, 1);
                    head = at;
                    continue;
                }
                records.add(parsed.get());
                peeked.add(at);
            }
        } catch (NoSuchFileException gone) {
            return records;
        }
        return records;
    }

    private Optional<R> parse(byte[] payload) {
        try {
            return Optional.of(json.parse(payload));
        } catch (IOException foreign) {
            return Optional.empty();
        }
    }

    private void skipUnreadable() {
        var end = end(head.segment);
        var lost = end - head.sequence;
        if (lost > 0) {
            drops.dropped(Drops.Reason.CORRUPT, lost);
        }
        if (end == next) {
            // The damage is in the newest segment: the next append begins a new one behind it.
            closeActive();
        }
        head = Mark.startOf(end);
    }

    private long end(long segment) {
        var higher = sizes.higherKey(segment);
        return higher == null ? next : higher;
    }

    @Override
    public synchronized void acknowledge(long upTo) throws IOException {
        if (upTo <= head.sequence) {
            return;
        }
        head = peeked.stream()
                .filter(mark -> mark.sequence == upTo)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("record " + upTo + " was not peeked"));
        deleteDelivered();
        AtomicFile.write(directory.resolve(POSITION), (head.sequence + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void deleteDelivered() {
        while (!sizes.isEmpty() && end(sizes.firstKey()) <= head.sequence) {
            if ((active != null && sizes.size() == 1) || !delete(sizes.firstKey())) {
                return;
            }
        }
    }

    @Override
    public synchronized long size() {
        return next - head.sequence;
    }

    @Override
    public synchronized void close() {
        closeActive();
    }
}
