package io.nodeplane.plexd.nodeapi.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;

/**
 * Users and groups of this machine, or of the container that the agent runs in. Looked up anew each time: people are added to
 * groups while the agent runs, and secrets are asked for rarely.
 */
public final class UnixAccounts {
    /** Group database, see group(5). */
    public static final Path GROUP_FILE = Path.of("/etc/group");

    /** A group database is small; another file must not fill the memory. */
    private static final long MAX_BYTES = 4L << 20;

    private final Path groupFile;

    public UnixAccounts(Path groupFile) {
        this.groupFile = groupFile;
    }

    /** Whether it is user id 0, whatever its name. */
    boolean isRoot(UserPrincipal user) {
        try {
            // The principal of a number is equal to that of the name with the same number.
            return user.equals(
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /**
     * Whether the group is the user's own or lists it as a member. Groups that a process was given by other means, for example
     * {@code supplementalGroups} of a pod, are not seen: the kernel's answer names the first group only.
     */
    boolean isMember(UserPrincipal user, GroupPrincipal own, String group) {
        return own.getName().equals(group) || lists(group, user.getName());
    }

    private boolean lists(String group, String user) {
        try {
            if (Files.size(groupFile) > MAX_BYTES) {
                return false;
            }
            return Files.readString(groupFile, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == 4 && fields[0].equals(group))
                    .anyMatch(fields -> Arrays.asList(fields[3].split(",", -1)).contains(user));
        } catch (IOException noGroups) {
            return false;
        }
    }
}
