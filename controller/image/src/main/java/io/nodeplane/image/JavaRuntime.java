package io.nodeplane.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The linked Java runtime and jpackage's native launcher, made from the JDK that runs the build.
 *
 * @param folder holds {@code bin/launcher}, {@code lib/libapplauncher.so} and {@code lib/runtime}
 */
record JavaRuntime(Path folder) {
    /**
     * What the programs need: HTTP client and server, logging, memory and processor figures, the peer of a unix socket (jdk.net), and
     * {@code Unsafe} for the Kubernetes client. jdeps also names java.desktop, java.sql and java.xml, for types that nothing here uses.
     * Elliptic curves are in java.base.
     */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.net.http",
            "jdk.httpserver",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported");

    /** Not compressed: layers are, and a compressed class image starts slower and makes a larger layer. */
    private static final String LINK_OPTIONS =
            "--strip-java-debug-attributes --no-header-files --no-man-pages --compress=zip-0";

    /** Files that only a developer's machine needs. */
    private static final Set<String> NEEDLESS =
            Set.of("bin/jwebserver", "bin/keytool", "lib/classlist", "lib/jexec", "lib/jrt-fs.jar");

    /** Links into a folder below {@code cache} that is named by everything it depends on, unless it is there already. */
    static JavaRuntime link(Path cache) throws IOException {
        var release = Files.readString(Path.of(System.getProperty("java.home"), "release"));
        var key = Digest.of(release, MODULES.toString(), LINK_OPTIONS, "stripped: " + Tool.STRIP.present());
        var folder = cache.resolve("runtime-" + key);
        if (Files.isDirectory(folder)) {
            return new JavaRuntime(folder);
        }
        var scratch = Files.createTempDirectory(Files.createDirectories(cache), "link");
        var linked = runJpackage(scratch);
        for (var file : NEEDLESS) {
            Files.deleteIfExists(linked.resolve("lib/runtime").resolve(file));
        }
        stripSymbols(linked);
        Files.move(linked, folder, StandardCopyOption.ATOMIC_MOVE);
        return new JavaRuntime(folder);
    }

    /** jpackage wants a jar; the launcher reads its own configuration, so an empty one does. */
    private static Path runJpackage(Path scratch) throws IOException {
        var input = Files.createDirectory(scratch.resolve("input"));
        new JarOutputStream(Files.newOutputStream(input.resolve("none.jar"))).close();
        var jpackage = ToolProvider.findFirst("jpackage")
                .orElseThrow(() -> new IllegalStateException("jpackage: expected a full JDK 25, got a runtime"));
        var code = jpackage.run(
                System.out,
                System.err,
                "--type",
                "app-image",
                "--name",
                "launcher",
                "--dest",
                scratch.toString(),
                "--input",
                input.toString(),
                "--main-jar",
                "none.jar",
                "--main-class",
                "none",
                "--add-modules",
                String.join(",", MODULES),
                "--jlink-options",
                LINK_OPTIONS);
        if (code != 0) {
            throw new IllegalStateException("jpackage: exit " + code);
        }
        return scratch.resolve("launcher");
    }

    /** Takes 5 MB from libjvm.so; without binutils the image is that much larger and works all the same. */
    private static void stripSymbols(Path linked) throws IOException {
        if (!Tool.STRIP.present()) {
            System.err.println("image: strip not found (" + Tool.STRIP.hint() + "): the image will be larger");
            return;
        }
        for (var library : libraries(linked)) {
            Tool.STRIP.run("--strip-unneeded", library.toString());
        }
    }

    /** The shared libraries of the runtime and the launcher, and the executables. */
    List<Path> binaries() throws IOException {
        try (var executables = Files.list(folder.resolve("bin"))) {
            return Stream.concat(executables, libraries(folder).stream()).toList();
        }
    }

    /** Digest of what an AOT cache depends on: the class image and the virtual machine. */
    String identity() throws IOException {
        return Digest.of(
                List.of(folder.resolve("lib/runtime/lib/modules"), folder.resolve("lib/runtime/lib/server/libjvm.so")));
    }

    private static List<Path> libraries(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".so"))
                    .sorted()
                    .toList();
        }
    }
}
