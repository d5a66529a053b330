package io.nodeplane.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps from a packaged checkout to images: link, store, train, write, load, try.
 *
 * @param inputs digest of everything the images are made from
 */
record ImageBuild(Checkout checkout, JavaRuntime runtime, String inputs) {
    /**
     * A program with stored jars, ready for an image.
     *
     * @param cacheName name that its AOT cache must have
     */
    record Staged(Program program, String cacheName) {}

    /** Stores the jars, the program's own in one folder and the libraries in another, because they are two layers. */
    Staged stage(Program program) throws IOException {
        var jars = new ArrayList<Path>();
        try (var classes = new LeanClasses(program.jars())) {
            for (var jar : program.jars()) {
                var folder = folder(program).resolve(checkout.owns(jar) ? ImageLayers.OWN : "libraries");
                jars.add(StoredJar.of(jar, Files.createDirectories(folder), classes));
            }
        }
        var stored = program.withJars(jars);
        return new Staged(stored, AotCache.nameFor(stored, runtime));
    }

    /** Trains both programs, unless their caches are there from a build of the same jars. */
    void train(Staged agent, Staged mock) throws IOException {
        if (Files.exists(cache(agent)) && Files.exists(cache(mock))) {
            return;
        }
        var training = new Training(checkout.out(), checkout.trainingFiles(), checkout.classes());
        training.run(trainee(agent), trainee(mock));
    }

    private Training.Trainee trainee(Staged staged) throws IOException {
        var image = staged.program.name() + ":untrained";
        Tool.DOCKER.run("load", "--input", writeUntrained(staged).toString());
        return new Training.Trainee(staged.program, image, staged.cacheName);
    }

    /** Writes an image without a cache: all the layers that are the same in every build. */
    Path writeUntrained(Staged staged) throws IOException {
        return write(staged, staged.program.name() + ":untrained", List.of(), Optional.empty());
    }

    /** Writes the image with its cache, loads it and starts it once, with a JVM that refuses to run without the cache. */
    Path load(Staged staged) throws IOException {
        var program = staged.program;
        var flags = List.of(AotCache.flag(staged.cacheName));
        var tar = write(staged, program.image(), flags, Optional.of(new AotCache(cache(staged))));
        Tool.DOCKER.run("load", "--input", tar.toString());
        Tool.DOCKER.run(
                "run", "--rm", "--network", "none", "--env", "JAVA_TOOL_OPTIONS=-Xshare:on", program.image(), "--help");
        return tar;
    }

    private Path write(Staged staged, String reference, List<String> flags, Optional<AotCache> cache)
            throws IOException {
        var program = staged.program;
        var configuration = folder(program).resolve(program.name() + ".cfg");
        Files.writeString(configuration, program.configuration(flags));
        var written = new ArrayList<Layer.Written>();
        for (var layer : new ImageLayers(runtime, checkout.rootfs()).of(program, configuration, cache)) {
            written.add(layer.write(checkout.out().resolve("layers")));
        }
        var tar = checkout.out().resolve(reference.replace(':', '-') + ".tar");
        return new ImageTar(program, reference, inputs, written).write(tar);
    }

    private Path folder(Program program) {
        return checkout.out().resolve(program.name());
    }

    private Path cache(Staged staged) {
        return checkout.out().resolve(staged.cacheName);
    }
}
