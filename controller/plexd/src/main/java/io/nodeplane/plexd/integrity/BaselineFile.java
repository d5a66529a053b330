package io.nodeplane.plexd.integrity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nodeplane.runtime.storage.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The baseline as a JSON file, mode 0600, replaced atomically. A damaged one is told loudly and counts as none. */
final class BaselineFile {
    private static final Logger LOG = LoggerFactory.getLogger(BaselineFile.class);
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Path file;

    /** Usually {@code checksums.json} in the data directory. */
    BaselineFile(Path file) {
        this.file = file;
    }

    Optional<Baseline> load() {
        try {
            return Optional.of(parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException firstRun) {
            return Optional.empty();
        } catch (IOException damaged) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", damaged.getMessage())
                    .log("checksum baseline is unreadable, changes since it was made are not seen");
            return Optional.empty();
        }
    }

    void save(Baseline baseline) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("version", baseline.version());
            write("binary", baseline.binary(), out);
            write("reported", baseline.reported(), out);
            write("hooks", baseline.hooks(), out);
            out.writeEndObject();
        }
        AtomicFile.write(file, bytes.toByteArray());
    }

    private static void write(String name, Map<String, String> checksums, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart(name);
        for (var each : checksums.entrySet()) {
            out.writeStringField(each.getKey(), each.getValue());
        }
        out.writeEndObject();
    }

    private static Baseline parse(byte[] json) throws IOException {
        var version = "";
        var maps = new TreeMap<String, Map<String, String>>();
        try (var in = FACTORY.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var name = in.currentName();
                if (in.nextToken() == JsonToken.START_OBJECT) {
                    maps.put(name, texts(in));
                } else {
                    version = in.getText();
                }
            }
        }
        if (version.isEmpty() || !maps.containsKey("binary") || !maps.containsKey("hooks")) {
            throw new IOException("expected version, binary and hooks");
        }
        return new Baseline(
                version,
                maps.getOrDefault("binary", Map.of()),
                maps.getOrDefault("reported", Map.of()),
                maps.getOrDefault("hooks", Map.of()));
    }

    private static Map<String, String> texts(JsonParser in) throws IOException {
        var texts = new TreeMap<String, String>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var name = in.currentName();
            in.nextToken();
            texts.put(name, in.getText());
        }
        return texts;
    }
}
