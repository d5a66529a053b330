package io.nodeplane.plexd.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over restarts which reports the control plane has accepted: source and digest by key, in one small file.
 *
 * <p>The reports themselves live in the PlexdNodeState or in files of their own. Losing this file costs one repetition of every
 * report, never a report; so a file that cannot be read or written is told and survived. Used by one thread.
 */
final class Acknowledgements {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private Map<String, Acknowledgement> accepted;
    private boolean writable = true;

    Acknowledgements(Path file) {
        this.file = file;
        this.accepted = read(file);
    }

    Map<String, Acknowledgement> accepted() {
        return Map.copyOf(accepted);
    }

    /** Takes the plan as accepted. */
    void accept(ReportPlan plan) {
        var next = new TreeMap<>(accepted);
        plan.deleted().forEach(next::remove);
        plan.changed().forEach(held -> next.put(held.entry().key(), ReportPlan.acknowledgement(held)));
        accepted = next;
        write();
    }

    private void write() {
        try {
            var texts = new TreeMap<String, String>();
            accepted.forEach((key, acknowledgement) -> texts.put(key, acknowledgement.text()));
            AtomicFile.write(file, MAPPER.writeValueAsBytes(texts));
            writable = true;
        } catch (IOException failed) {
            if (writable) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", failed)
                        .log("accepted reports cannot be remembered, they are sent again after a restart");
            }
            writable = false;
        }
    }

    private static Map<String, Acknowledgement> read(Path file) {
        try {
            var texts = MAPPER.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {});
            var accepted = new TreeMap<String, Acknowledgement>();
            texts.forEach((key, text) -> accepted.put(key, Acknowledgement.from(text)));
            return accepted;
        } catch (java.nio.file.NoSuchFileException firstStart) {
            return Map.of();
        } catch (IOException unreadable) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", unreadable.getClass().getSimpleName())
                    .log("file of accepted reports is unreadable, every report is sent again");
            return Map.of();
        }
    }
}
