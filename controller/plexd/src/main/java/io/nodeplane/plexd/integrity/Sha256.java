package io.nodeplane.plexd.integrity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Lower-case hex SHA-256 of files. */
public final class Sha256 {
    /** Of no bytes: stands for a file that is not there, because the contract wants a checksum in any case. */
    public static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final int BUFFER_BYTES = 64 * 1024;

    private Sha256() {}

    /** Of a file, never through a symbolic link as its last part. */
    public static String of(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE);
        }
    }

    /**
     * Copies and digests the same bytes.
     *
     * @throws IOException also when there are more than {@code maxBytes}
     */
    public static String copy(InputStream from, OutputStream to, long maxBytes) throws IOException {
        var digest = digest();
        var buffer = new byte[BUFFER_BYTES];
        var total = 0L;
        for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            total += read;
            if (total > maxBytes) {
                throw new IOException("more than " + maxBytes + " bytes");
            }
            digest.update(buffer, 0, read);
            to.write(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
