package io.nodeplane.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layers of an image, from what changes least to what changes most. All but the AOT cache are the same bytes in every build.
 *
 * @param runtime the linked runtime; its layer is the same in all images
 * @param rootfs files of {@code /etc}
 */
record ImageLayers(JavaRuntime runtime, Path rootfs) {
    /** Folder of the jars that are built here; all others are libraries. */
    static final String OWN = "own";

    private static final String JARS = Program.HOME + "/lib/app/";

    /** For a volume of who wants to attach a tool; nothing of ours writes to it. */
    private static final String TEMPORARY = "/tmp";

    /** The layers in order; a cache that was made from anything else is refused before any is looked at. */
    List<Layer> of(Program program, Path configuration, Optional<AotCache> cache) throws IOException {
        if (cache.isPresent()) {
            cache.get().requireMadeFrom(program, runtime);
        }
        var layers = new ArrayList<>(List.of(runtimeLayer(), libraries(program), own(program, configuration)));
        cache.ifPresent(checked -> layers.add(new Layer("aot").add(checked.file(), checked.imagePath())));
        return List.copyOf(layers);
    }

    private Layer runtimeLayer() throws IOException {
        var layer = new Layer("runtime")
                .addTree(runtime.folder().resolve("lib/runtime"), Program.HOME + "/lib/runtime")
                .add(runtime.folder().resolve("lib/libapplauncher.so"), Program.HOME + "/lib/libapplauncher.so")
                .addTree(rootfs, "")
                .addSharedFolder(TEMPORARY);
        SystemFiles.neededBy(runtime).forEach((target, source) -> layer.add(source, target.toString()));
        return layer;
    }

    private static Layer libraries(Program program) {
        var layer = new Layer("libraries");
        program.jars().stream().filter(jar -> !isOwn(jar)).forEach(jar -> layer.add(jar, JARS + jar.getFileName()));
        return layer;
    }

    private Layer own(Program program, Path configuration) {
        var layer = new Layer("program")
                .add(runtime.folder().resolve("bin/launcher"), program.command())
                .add(configuration, program.configurationPath());
        program.jars().stream().filter(ImageLayers::isOwn).forEach(jar -> layer.add(jar, JARS + jar.getFileName()));
        return layer;
    }

    private static boolean isOwn(Path jar) {
        return OWN.equals(jar.getName(jar.getNameCount() - 2).toString());
    }
}
