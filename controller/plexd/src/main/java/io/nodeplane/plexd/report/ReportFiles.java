package io.nodeplane.plexd.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports of the node API as files, one per key (protocol facts 2.5): {@code state/report/<key>.json}, the key in URL
 * encoding so that none leaves the directory. Used by one thread at a time.
 */
final class ReportFiles {
    /** Longest name that file systems take with {@code .tmp-} before and {@code .json} behind it (NAME_MAX is 255). */
    static final int MAX_NAME = 240;

    private static final Logger LOG = LoggerFactory.getLogger(ReportFiles.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SUFFIX = ".json";

    private final Path directory;

    ReportFiles(Path directory) {
        this.directory = directory;
    }

    /** Everything that can be read; a broken file is set aside and told. */
    List<ReportEntry> load() {
        var entries = new ArrayList<ReportEntry>();
        if (!Files.isDirectory(directory)) {
            return entries;
        }
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                load(file).ifPresent(entries::add);
            }
        } catch (IOException unreadable) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("reason", unreadable)
                    .log("reports of the node API cannot be read");
        }
        return entries;
    }

    /** Durable when it returns. */
    void write(ReportEntry entry) throws IOException {
        var json = MAPPER.createObjectNode()
                .put("key", entry.key())
                .put("content_type", entry.contentType())
                .put("payload_json", entry.payloadJson())
                .put("version", entry.version())
                .put("updated_at", entry.updatedAt().orElse(Instant.EPOCH).toString());
        AtomicFile.write(file(entry.key()), MAPPER.writeValueAsBytes(json));
    }

    void delete(String key) throws IOException {
        AtomicFile.delete(file(key));
    }

    private Path file(String key) {
        return directory.resolve(name(key) + SUFFIX);
    }

    /** Letters, digits, {@code -} and {@code _} stay; a dot too, unless it would hide the file or lead out of the directory. */
    static String name(String key) {
        var name = new StringBuilder();
        for (var each : key.getBytes(StandardCharsets.UTF_8)) {
            var character = (char) (each & 0xFF);
            var plain =
                    (character < 128 && Character.isLetterOrDigit(character)) || character == '-' || character == '_';
            if (plain || (character == '.' && !name.isEmpty())) {
                name.append(character);
            } else {
                name.append('%').append(String.format(Locale.ROOT, "%02X", (int) character));
            }
        }
        return name.toString();
    }

    private Optional<ReportEntry> load(Path file) throws IOException {
        // A staged file of a write that a crash cut short; the file it was to replace is whole.
        if (String.valueOf(file.getFileName()).startsWith(".tmp-")) {
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        try {
            return Optional.of(entry(MAPPER.readTree(Files.readAllBytes(file))));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException broken) {
            setAside(file);
            return Optional.empty();
        }
    }

    private static ReportEntry entry(JsonNode json) {
        var entry = new ReportEntry(
                json.path("key").asText(),
                json.path("content_type").asText(),
                json.path("payload_json").asText(),
                json.path("version").asLong(),
                Optional.of(Instant.parse(json.path("updated_at").asText())));
        if (!NodeReports.isKey(entry.key()) || entry.payloadJson().isEmpty() || entry.version() < 1) {
            throw new IllegalArgumentException("no report");
        }
        return entry;
    }

    private static void setAside(Path file) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".corrupt");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.atWarn().addKeyValue("file", file).addKeyValue("kept_as", aside).log("report is corrupt and set aside");
    }
}
