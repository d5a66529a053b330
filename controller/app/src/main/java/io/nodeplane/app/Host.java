package io.nodeplane.app;

import java.nio.file.Path;
import java.util.List;

/**
 * The machine as an agent reads it.
 *
 * @param proc where the kernel tells about it
 * @param programs directories that are searched for the programs which an agent starts; none means that it starts none
 */
public record Host(Path proc, List<Path> programs) {
    /** The machine that this process runs on. */
    public static final Host THIS = new Host(Path.of("/proc"), List.of(Path.of("/usr/bin"), Path.of("/bin")));

    public Host {
        programs = List.copyOf(programs);
    }
}
