package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiReply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What hostile inputs are made of. */
final class Material {
    static final int MIB = 1 << 20;

    /** 100 MiB of JSON in 100 KB. */
    static final byte[] BOMB = gzip(repeated("{\"x\":\"", "x", 100 * MIB, "\"}"));

    static final byte[] DOUBLE_BOMB = gzip(new ByteArrayInputStream(BOMB));

    private Material() {}

    /** Text in front, a piece many times, text behind; made as it is read. */
    static InputStream repeated(String before, String piece, int times, String behind) {
        var block = piece.repeat(Math.max(1, 4096 / piece.length()));
        var perBlock = block.length() / piece.length();
        var parts = new ArrayList<InputStream>(List.of(bytes(before)));
        parts.add(new Repeating(block.getBytes(UTF_8), times / perBlock));
        parts.add(bytes(piece.repeat(times % perBlock)));
        parts.add(bytes(behind));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    static InputStream joined(InputStream... parts) {
        return new SequenceInputStream(Collections.enumeration(List.of(parts)));
    }

    /** A value inside so many arrays. */
    static String deep(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    /** A value inside so many objects. */
    static String deepObject(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    static byte[] gzip(InputStream plain) {
        var out = new ByteArrayOutputStream();
        try (plain;
                var gzip = new GZIPOutputStream(out)) {
            plain.transferTo(gzip);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** A 2xx answer without headers. */
    static ApiReply reply(byte[] body) {
        return new ApiReply(body, HttpHeaders.of(Map.of(), (name, value) -> true));
    }

    static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** One block of bytes again and again. */
    private static final class Repeating extends InputStream {
        private final byte[] block;
        private long left;
        private int at;

        Repeating(byte[] block, int times) {
            this.block = block;
            left = (long) block.length * times;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (left == 0) {
                return -1;
            }
            var count = (int) Math.min(left, Math.min(length, block.length - at));
            System.arraycopy(block, at, into, from, count);
            at = (at + count) % block.length;
            left -= count;
            return count;
        }
    }
}
