package io.nodeplane.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The first 16 hex digits of a SHA-256: enough to tell builds apart, short enough for a file name. */
final class Digest {
    private static final int BYTES = 8;

    private Digest() {}

    /** Digest of texts; their borders count. */
    static String of(String... texts) {
        var sha = sha256();
        for (var text : texts) {
            sha.update(text.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
        }
        return hex(sha);
    }

    /** Digest of the names and contents of files, in the order given. */
    static String of(List<Path> files) throws IOException {
        var sha = sha256();
        for (var file : files) {
            sha.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            sha.update(sha256().digest(Files.readAllBytes(file)));
        }
        return hex(sha);
    }

    private static String hex(MessageDigest sha) {
        return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
