package io.nodeplane.image;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One program that is shipped as an image.
 *
 * @param name command in the image, also the repository of the image
 * @param mainClass class whose {@code main} runs
 * @param user user of the image, {@code uid:gid}
 * @param heap limit of the Java heap, for example {@code 48m}
 * @param jars class path in order; the program's own jar first
 */
record Program(String name, String mainClass, String user, String heap, List<Path> jars) {
    /** Where the command, the runtime and the jars stand in every image. */
    static final String HOME = "/opt/nodeplane";

    /**
     * Flags of every program. What each one gives is measured in DESIGN.md; a flag that the JVM no longer knows stops the
     * process, and with it the build, at the trial start.
     */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xms4m",
            // After the start little lives: free heap goes back to the node.
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            // Compiled at the 1,600th call, not at the 200th: most code of an agent runs at its start only.
            "-XX:CompileThresholdScaling=8",
            // Most names and texts are in the AOT cache, which brings its own tables; these hold the rest, and grow.
            "-XX:StringTableSize=4096",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:SymbolTableSize=4096",
            // The AOT cache stays at its own address, so that its pages stay clean and shared.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:TrimNativeHeapInterval=5000",
            // Not four times a second: a wake-up is what an idle agent costs most.
            "-XX:AsyncDeflationInterval=10000",
            "-XX:+ExitOnOutOfMemoryError",
            // Writes to /tmp, which is read-only.
            "-XX:-UsePerfData",
            // Standard output belongs to the program.
            "-Xlog:disable",
            "-Xlog:all=warning:stderr");

    Program {
        jars = List.copyOf(jars);
        if (jars.isEmpty()) {
            throw new IllegalArgumentException("jars of " + name + ": expected at least the program's own");
        }
    }

    /** The same with the same jars in another place. */
    Program withJars(List<Path> others) {
        return new Program(name, mainClass, user, heap, others);
    }

    /** Flags of the JVM, in training as on a node. */
    List<String> flags() {
        return Stream.concat(FLAGS.stream(), Stream.of("-Xmx" + heap)).toList();
    }

    /** Paths of the jars in the image, as the class path of a JVM. */
    String classPath() {
        return jars.stream().map(jar -> HOME + "/lib/app/" + jar.getFileName()).collect(Collectors.joining(":"));
    }

    /** Name of the image, for example {@code plexd:e2e}. */
    String image() {
        return name + ":e2e";
    }

    /** Path of the command in the image. */
    String command() {
        return HOME + "/bin/" + name;
    }

    /** Path of the launcher's configuration in the image. */
    String configurationPath() {
        return HOME + "/lib/app/" + name + ".cfg";
    }

    /**
     * Configuration of the launcher that jpackage makes.
     *
     * @param more flags after the common ones
     */
    String configuration(List<String> more) {
        var lines = Stream.of(
                Stream.of("[Application]", "app.mainclass=" + mainClass),
                jars.stream().map(jar -> "app.classpath=$APPDIR/" + jar.getFileName()),
                Stream.of("", "[JavaOptions]"),
                Stream.concat(flags().stream(), more.stream()).map(flag -> "java-options=" + flag));
        return String.join("\n", lines.flatMap(line -> line).toList()) + "\n";
    }
}
