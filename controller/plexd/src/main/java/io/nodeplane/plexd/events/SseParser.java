package io.nodeplane.plexd.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6): lines end in LF, CR or CRLF, comments are skipped, data lines are
 * joined. Memory is bounded: an event above the limit is skipped and the stream goes on. An id holds for its own event only. Confined to one thread.
 */
final class SseParser {
    /**
     * Far above any event of the contract; upstream's 64 KiB line limit killed its streams (protocol facts 3.6). The signed
     * form of an event, which is made before it can be believed, may have six times its size, in a heap of 48 MiB.
     */
    static final int MAX_EVENT_BYTES = 1024 * 1024;

    /** Our own: ids of the contract have 36 characters, and one that is kept travels in a header. */
    static final int MAX_ID_CHARACTERS = 256;

    private static final int END = -1;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private final int maxEventBytes;
    private final byte[] buffer = new byte[8192];
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int position;
    private int filled;
    private boolean afterCarriageReturn;
    private boolean firstLine = true;
    private boolean hasData;
    private boolean oversized;
    private boolean lineWasCut;
    private String id = "";
    private @Nullable Duration retry;

    SseParser(InputStream in, int maxEventBytes) {
        this.in = in;
        this.maxEventBytes = maxEventBytes;
    }

    /** The reconnection time that the server asked for last. */
    Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }

    /** The next item; absent at the end of the stream, where an unfinished event counts as never sent. */
    Optional<SseItem> next() throws IOException {
        for (var line = line(); line != null; line = line()) {
            if (line.length == 0) {
                var item = dispatched();
                if (item != null) {
                    return Optional.of(item);
                }
                continue;
            }
            field(line);
        }
        return Optional.empty();
    }

    private @Nullable SseItem dispatched() {
        var item = oversized ? new SseItem.Oversized() : hasData ? new SseItem.Event(id, data.toByteArray()) : null;
        data.reset();
        hasData = false;
        oversized = false;
        // Unlike a browser's: where to resume is no business of the events before, which may not be believed.
        id = "";
        return item;
    }

    private void field(byte[] line) {
        var colon = indexOf(line, (byte) ':');
        var name = new String(line, 0, colon, UTF_8);
        var start = Math.min(colon + 1, line.length);
        if (start < line.length && line[start] == ' ') {
            start++;
        }
        if (lineWasCut) {
            // Of a long line only data counts: a comment, or a field that nobody knows, costs no event.
            oversized |= name.equals("data");
            return;
        }
        switch (name) {
            case "data" -> append(line, start);
            case "id" -> identify(new String(line, start, line.length - start, UTF_8));
            case "retry" -> retryIn(new String(line, start, line.length - start, UTF_8));
            default -> {
                // A comment has an empty name; "event" repeats the envelope's type, which is the one that is signed.
            }
        }
    }

    private void append(byte[] line, int start) {
        var length = line.length - start;
        if (oversized || data.size() + length + 1 > maxEventBytes) {
            oversized = true;
            data.reset();
            return;
        }
        if (hasData) {
            data.write('\n');
        }
        hasData = true;
        data.write(line, start, length);
    }

    private void identify(String value) {
        // Others could not be sent back in a header.
        if (value.length() <= MAX_ID_CHARACTERS && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            id = value;
        }
    }

    private void retryIn(String value) {
        var isNumber = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber && value.length() <= 9) {
            retry = Duration.ofMillis(Long.parseLong(value));
        }
    }

    /** One line without its end; null at the end of the stream. A line above the limit is cut. */
    private byte @Nullable [] line() throws IOException {
        lineWasCut = false;
        var line = new ByteArrayOutputStream(128);
        while (true) {
            var octet = read();
            if (octet == END) {
                return null;
            }
            if (octet == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                continue;
            }
            afterCarriageReturn = octet == '\r';
            if (octet == '\n' || octet == '\r') {
                return withoutMark(line.toByteArray());
            }
            if (line.size() < maxEventBytes + 8) {
                line.write(octet);
            } else {
                lineWasCut = true;
            }
        }
    }

    private byte[] withoutMark(byte[] line) {
        var marked = firstLine && line.length >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3);
        firstLine = false;
        return marked ? Arrays.copyOfRange(line, 3, line.length) : line;
    }

    private int read() throws IOException {
        if (position == filled) {
            filled = in.read(buffer, 0, buffer.length);
            position = 0;
            if (filled <= 0) {
                filled = 0;
                return END;
            }
        }
        return buffer[position++] & 0xff;
    }

    private static int indexOf(byte[] line, byte wanted) {
        for (var at = 0; at < line.length; at++) {
            if (line[at] == wanted) {
                return at;
            }
        }
        return line.length;
    }
}
