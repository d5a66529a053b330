package io.nodeplane.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hex SHA-256 of the running jar, computed beside the registration because a jar takes its time to read. */
final class BinaryChecksum {
    private static final Logger LOG = LoggerFactory.getLogger(BinaryChecksum.class);

    private final FutureTask<String> task = new FutureTask<>(digest());

    private BinaryChecksum() {}

    static BinaryChecksum start() {
        var checksum = new BinaryChecksum();
        Thread.ofPlatform().daemon().name("checksum").start(checksum.task);
        return checksum;
    }

    /** 64 characters; waits until it is known. Empty when the binary cannot be read. */
    String await() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException unreadable) {
            LOG.atWarn().setCause(unreadable.getCause()).log("checksum of the binary cannot be computed");
            return "";
        }
    }

    private static Callable<String> digest() {
        return () -> {
            try (var binary = open()) {
                var digest = MessageDigest.getInstance("SHA-256");
                var buffer = new byte[64 * 1024];
                for (var read = binary.read(buffer); read >= 0; read = binary.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }

    /** The jar; run from a directory of classes, the main class stands for it. */
    private static InputStream open() throws IOException {
        try {
            var path = Path.of(Plexd.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.newInputStream(Files.isDirectory(path) ? path.resolve("io/nodeplane/app/Plexd.class") : path);
        } catch (URISyntaxException noPath) {
            throw new IOException(noPath);
        }
    }
}
