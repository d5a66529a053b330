package io.nodeplane.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The AOT cache of one program: the classes of a training run, lambdas among them, read ahead of time.
 *
 * <p>JDK 25.0.3 does not notice that a jar has changed and silently runs the old classes (JDK-8377932). So the name of the file
 * carries a digest of the runtime, the flags and the jars that it was made from, and is checked before it goes into an image.
 */
record AotCache(Path file) {
    /** The name that a cache of this program, with these jars and this runtime, must have. */
    static String nameFor(Program program, JavaRuntime runtime) throws IOException {
        var key = Digest.of(runtime.identity(), program.configuration(List.of(flag(""))), Digest.of(program.jars()));
        return program.name() + "-" + key + ".aot";
    }

    /**
     * Refuses a cache that was made from anything else.
     *
     * @throws IllegalStateException if the name is not the one for this program and runtime, or the file is missing
     */
    AotCache requireMadeFrom(Program program, JavaRuntime runtime) throws IOException {
        var expected = nameFor(program, runtime);
        if (!file.getFileName().toString().equals(expected)) {
            throw new IllegalStateException("AOT cache " + file.getFileName() + " was not made from these jars of "
                    + program.name() + ": expected " + expected + "; with it, old classes would run");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    "AOT cache " + file + " is missing: the training of " + program.name() + " left none");
        }
        return this;
    }

    /** Path in the image. */
    String imagePath() {
        return Program.HOME + "/lib/app/" + file.getFileName();
    }

    /** The flag that makes the JVM use a cache of this name, as the launcher's configuration writes it. */
    static String flag(String name) {
        return "-XX:SharedArchiveFile=$APPDIR/" + name;
    }
}
