package io.nodeplane.plexd.filehooks;

import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import io.nodeplane.plexd.integrity.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a directory of hooks (protocol facts 8.2): regular files with an execute bit whose names do not end in {@code .json}. Links are
 * told and left out: what they lead to may be anybody's. Holds no state; thread-safe.
 *
 * @param path usually {@code /etc/plexd/hooks}; need not be there
 */
public record HookDirectory(Path path) {
    /** More would not fit a capabilities report (protocol facts 5.2). */
    static final int MAX_HOOKS = 128;

    /** A hook is copied for each run; larger files are no hooks. */
    static final long MAX_BYTES = 64L << 20;

    private static final String SIDECAR = ".json";

    /** Looks at all files. */
    public HookListing list() {
        var hooks = new ArrayList<Hook>();
        var faults = new ArrayList<String>();
        try (var files = Files.list(path)) {
            for (var file : files.sorted().toList()) {
                look(file, hooks, faults);
            }
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return HookListing.EMPTY;
        } catch (IOException unreadable) {
            faults.add("hook directory " + path + " cannot be read: " + unreadable);
        }
        return new HookListing(hooks, faults);
    }

    private static void look(Path file, List<Hook> hooks, List<String> faults) {
        var name = String.valueOf(file.getFileName());
        try {
            if (name.endsWith(SIDECAR) || !isHook(file, faults)) {
                return;
            }
            if (hooks.size() == MAX_HOOKS) {
                faults.add("hook " + name + " is left out: there are more than " + MAX_HOOKS);
                return;
            }
            var sidecar = sidecar(file.resolveSibling(name + SIDECAR));
            hooks.add(new Hook(
                    name,
                    sidecar.description(),
                    "local",
                    Sha256.of(file),
                    sidecar.parameters(),
                    sidecar.timeout(),
                    sidecar.sandbox()));
        } catch (NoSuchFileException gone) {
            // Removed while we looked.
        } catch (IOException bad) {
            faults.add("hook " + name + " is left out: " + bad.getMessage());
        }
    }

    private static boolean isHook(Path file, List<String> faults) throws IOException {
        var attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            faults.add("hook " + file.getFileName() + " is left out: a symbolic link, expected a regular file");
            return false;
        }
        if (!attributes.isRegularFile() || !isExecutable(attributes)) {
            return false;
        }
        if (attributes.size() > MAX_BYTES) {
            faults.add("hook " + file.getFileName() + " is left out: " + attributes.size() + " bytes, expected at most "
                    + MAX_BYTES);
            return false;
        }
        return true;
    }

    private static boolean isExecutable(PosixFileAttributes attributes) {
        var permissions = attributes.permissions();
        return permissions.contains(PosixFilePermission.OWNER_EXECUTE)
                || permissions.contains(PosixFilePermission.GROUP_EXECUTE)
                || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private static Sidecar sidecar(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Sidecar.NONE;
        }
        try {
            return Sidecar.read(Files.readAllBytes(file));
        } catch (IOException bad) {
            throw new IOException(file.getFileName() + ": " + bad.getMessage(), bad);
        }
    }
}
