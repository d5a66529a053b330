package io.nodeplane.plexd.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Content coding {@code gzip} (RFC 9110, section 8.4.1.3), by hand because the JDK client has none. */
final class Gzip {
    private static final int CHUNK = 16 * 1024;

    private Gzip() {}

    static byte[] compress(byte[] plain) {
        var out = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /**
     * The plain bytes, but never more than {@code limit + 1}: a longer result tells that the limit is passed, and a gzip
     * bomb costs no more memory than that.
     *
     * @throws IOException when the bytes are no gzip or end too early
     */
    static byte[] expand(byte[] compressed, int limit) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return gzip.readNBytes(limit + 1);
        }
    }

    /** As many plain bytes as a cut-off answer still yields, at most {@code limit}; for excerpts only. */
    static byte[] expandPrefix(byte[] compressed, int limit) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            var chunk = new byte[CHUNK];
            int read;
            while (out.size() < limit && (read = gzip.read(chunk, 0, Math.min(CHUNK, limit - out.size()))) > 0) {
                out.write(chunk, 0, read);
            }
        } catch (EOFException cutOff) {
            return out.toByteArray();
        } catch (IOException noGzip) {
            return out.size() == 0 ? compressed : out.toByteArray();
        }
        return out.toByteArray();
    }
}
