package io.nodeplane.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The C library of the build host, at the paths where its own loader looks. Name resolution needs no more: since glibc 2.34 the
 * services {@code files} and {@code dns} are part of libc itself.
 */
final class SystemFiles {
    /** {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)} and the loader, {@code /lib64/ld-linux-x86-64.so.2 (0x…)}. */
    private static final Pattern LIBRARY = Pattern.compile("(?:^|=> |\\s)(/\\S+) \\(0x", Pattern.MULTILINE);

    /** glibc is LGPL: its licence goes where it goes. */
    private static final Path LICENCE = Path.of("/usr/share/doc/libc6/copyright");

    private SystemFiles() {}

    /** Path in the image to file of the host, for every library that the runtime's binaries ask for and it does not hold. */
    static Map<Path, Path> neededBy(JavaRuntime runtime) throws IOException {
        var files = new TreeMap<Path, Path>();
        for (var binary : runtime.binaries()) {
            var needed = LIBRARY.matcher(Tool.LDD.run(binary.toString()));
            while (needed.find()) {
                var library = Path.of(needed.group(1));
                if (!library.normalize().startsWith(runtime.folder())) {
                    files.put(library, library.toRealPath());
                }
            }
        }
        if (Files.exists(LICENCE)) {
            files.put(LICENCE, LICENCE.toRealPath());
        }
        return files;
    }
}
