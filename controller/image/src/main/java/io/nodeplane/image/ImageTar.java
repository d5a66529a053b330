package io.nodeplane.image;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image as the tar file that {@code docker load} and {@code kind load image-archive} take: layers, configuration and manifest. Needs
 * no registry and no engine. SOURCE: Docker image specification v1.2, "Combined Image JSON + Filesystem Changeset Format".
 */
record ImageTar(Program program, String reference, String inputs, List<Layer.Written> layers) {
    /** Label that names what an image was built from, to see whether it is up to date. */
    static final String INPUTS = "io.nodeplane.inputs";

    private static final String CREATED = "1970-01-01T00:00:00Z";

    /** The JVM's names to the image specification's. */
    private static final Map<String, String> ARCHITECTURES = Map.of("x86_64", "amd64", "aarch64", "arm64");

    Path write(Path target) throws IOException {
        var json = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        var configuration = json.writeValueAsBytes(configuration());
        var configurationName = HexFormat.of().formatHex(Digest.sha256().digest(configuration)) + ".json";
        var archives = layers.stream().map(ImageTar::entryName).toList();
        var manifest = List.of(Map.of("Config", configurationName, "RepoTags", List.of(reference), "Layers", archives));
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(target))) {
            for (var layer : layers) {
                put(tar, entryName(layer), Files.readAllBytes(layer.archive()));
            }
            put(tar, configurationName, configuration);
            put(tar, "manifest.json", json.writeValueAsBytes(manifest));
        }
        return target;
    }

    private Map<String, Object> configuration() {
        var machine = System.getProperty("os.arch");
        return Map.of(
                "architecture", ARCHITECTURES.getOrDefault(machine, machine),
                "os", "linux",
                "created", CREATED,
                "config", process(),
                "rootfs",
                        Map.of(
                                "type",
                                "layers",
                                "diff_ids",
                                layers.stream()
                                        .map(layer -> "sha256:" + layer.contentDigest())
                                        .toList()),
                "history",
                        layers.stream()
                                .map(layer -> Map.of("created", CREATED, "created_by", layer.name()))
                                .toList());
    }

    private Map<String, Object> process() {
        // One malloc arena: glibc would otherwise keep several and hold on to what was freed.
        var environment = List.of("PATH=" + Program.HOME + "/bin", "MALLOC_ARENA_MAX=1", "LC_ALL=C.UTF-8");
        return Map.of(
                "Entrypoint", List.of(program.command()),
                "Env", environment,
                "User", program.user(),
                "WorkingDir", "/",
                "Labels", Map.of(INPUTS, inputs));
    }

    private static String entryName(Layer.Written layer) {
        return layer.contentDigest() + ".tar.gz";
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
