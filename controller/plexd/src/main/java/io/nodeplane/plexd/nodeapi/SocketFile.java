package io.nodeplane.plexd.nodeapi;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket in the file system: mode 0660, group {@code plexd} where the machine has one, else the agent's own (protocol facts
 * 7.1). Used by one thread at a time.
 */
final class SocketFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    /** Members may use the node API without being root. */
    private static final String GROUP = "plexd";

    /** As many as wait while the agent is busy; there is no reason for more. */
    private static final int BACKLOG = 32;

    private final Path path;
    private final ServerSocketChannel channel;
    private final @Nullable Object key;

    private SocketFile(Path path, ServerSocketChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * Binds; what an agent that was killed left there is removed, what a living one listens on is not.
     *
     * @throws IOException with the path and what is in the way
     */
    static SocketFile bind(Path path) throws IOException {
        var directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        removeStale(path);
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            // Not open to others for a moment: creating it leaves them at most "read", and connecting takes "write".
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            giveToGroup(path);
            return new SocketFile(path, channel);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Removes the file, unless another agent has put its own in the place meanwhile. */
    @Override
    public void close() {
        try {
            channel.close();
            var now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (key != null && key.equals(now.fileKey())) {
                Files.deleteIfExists(path);
            }
        } catch (IOException gone) {
            LOG.atDebug().addKeyValue("socket", path).setCause(gone).log("socket of the node API not removed");
        }
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new FileAlreadyExistsException(path.toString(), null, "it is no socket, and is left alone");
        }
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new FileAlreadyExistsException(path.toString(), null, "another agent listens there");
        } catch (ConnectException nobodyListens) {
            Files.deleteIfExists(path);
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
    }

    /** Root without CAP_CHOWN, as in the bundle's pod, may give a file only to its own groups. */
    private static void giveToGroup(Path path) {
        try {
            var group = FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setGroup(group);
        } catch (IOException noSuchGroup) {
            LOG.atDebug()
                    .addKeyValue("socket", path)
                    .addKeyValue("reason", noSuchGroup)
                    .log("socket of the node API stays with the agent's own group");
        }
    }
}
