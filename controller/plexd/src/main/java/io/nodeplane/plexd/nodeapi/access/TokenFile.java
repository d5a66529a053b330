package io.nodeplane.plexd.nodeapi.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token of {@code node_api.http_token_file}, read at each use, so that a replaced file counts at once. Thread-safe. */
public final class TokenFile {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    /** Far above any token, far below what hurts. */
    private static final int MAX_BYTES = 16 * 1024;

    private final Path path;
    private final AtomicBoolean told = new AtomicBoolean();

    public TokenFile(Path path) {
        this.path = path;
    }

    /** Whether somebody could get in with it; tells once when not. */
    public boolean isUsable() {
        return token().isPresent();
    }

    /** Compares in a time that tells nothing about where the two differ. */
    boolean matches(String token) {
        return token().filter(expected -> MessageDigest.isEqual(digest(expected), digest(token)))
                .isPresent();
    }

    private Optional<String> token() {
        try (var file = Files.newInputStream(path)) {
            var token = new String(file.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            if (!token.isEmpty()) {
                told.set(false);
                return Optional.of(token);
            }
            tell("it is empty");
        } catch (IOException unreadable) {
            tell(unreadable.toString());
        }
        return Optional.empty();
    }

    private void tell(String reason) {
        if (!told.getAndSet(true)) {
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("reason", reason)
                    .log("token of the node API cannot be used, nobody gets in by it");
        }
    }

    /** Digests have one length, so the length of the token does not show either. */
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
