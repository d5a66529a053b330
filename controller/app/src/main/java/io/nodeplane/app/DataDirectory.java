package io.nodeplane.app;

import io.nodeplane.plexd.identity.Identities;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What a deregistered node leaves behind. */
record DataDirectory(Path directory, Identities identities) {
    /**
     * Deletes who the node was, and when asked everything else: cursors, reports, batches that were not delivered. The
     * directory itself stays, it may be a mount. Links are deleted, not followed.
     */
    void forget(boolean purge) throws IOException {
        identities.forget();
        if (purge && Files.isDirectory(directory)) {
            Files.walkFileTree(directory, new Purge(directory));
        }
    }

    private static final class Purge extends SimpleFileVisitor<Path> {
        private final Path root;

        Purge(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!visited.equals(root)) {
                Files.delete(visited);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
