package io.nodeplane.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A checkout whose modules are packaged, each with {@code target/classpath}: what the images are made from. */
record Checkout(Path folder) {
    /** The node agent. Root, because NET_ADMIN is effective for root only and the node's folders belong to root. */
    Program agent() throws IOException {
        return new Program("plexd", "io.nodeplane.app.Plexd", "0:0", "48m", classPath("app"));
    }

    /** The control plane's double. */
    Program mock() throws IOException {
        return new Program("mockapi", "io.nodeplane.mockapi.Main", "65534:65534", "128m", classPath("mock-api"));
    }

    Path rootfs() {
        return folder.resolve("controller/image/src/main/rootfs");
    }

    Path trainingFiles() {
        return folder.resolve("controller/image/src/main/training");
    }

    Path classes() {
        return folder.resolve("controller/image/target/classes");
    }

    /** Where this build writes. */
    Path out() {
        return folder.resolve("controller/image/target/image");
    }

    /** Whether a jar is built here, and not a library. */
    boolean owns(Path jar) {
        return jar.startsWith(folder);
    }

    /** Digest of everything the images are made from, this builder and the JDK included. */
    String inputs() throws IOException {
        var files = new ArrayList<>(agent().jars());
        files.addAll(mock().jars());
        files.add(Path.of(System.getProperty("java.home"), "release"));
        for (var tree : List.of(rootfs(), trainingFiles(), classes())) {
            try (var walk = Files.walk(tree)) {
                walk.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        return Digest.of(files);
    }

    /** The module's jar, then what Maven found to be its run-time class path. */
    private List<Path> classPath(String module) throws IOException {
        var target = folder.resolve("controller").resolve(module).resolve("target");
        var libraries = Files.readString(target.resolve("classpath")).strip().split(":");
        try (var own = Files.newDirectoryStream(target, module + "-*.jar")) {
            return Stream.concat(
                            Stream.of(own.iterator().next()),
                            Stream.of(libraries).map(Path::of))
                    .toList();
        }
    }
}
