package io.nodeplane.plexd.actions.run;

import io.nodeplane.runtime.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over restarts which executions began and which ended, so that none is run twice and none is forgotten half way.
 *
 * <p>An id is durable before its action begins. One file, replaced atomically; it holds the running executions and the last
 * {@value #MAX_FINISHED} ids. Thread-safe.
 */
public final class ExecutionLedger {
    /** Ids are remembered this many executions long; 5 min of replay protection come on top (protocol facts 3.6). */
    static final int MAX_FINISHED = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionLedger.class);

    /**
     * An execution that began.
     *
     * @param triggeredBy as the request had it
     */
    record Begun(String id, String action, Instant at, Optional<String> triggeredBy) {}

    private final Path file;
    private final Map<String, Begun> begun = new LinkedHashMap<>();
    private final LinkedHashSet<String> finished = new LinkedHashSet<>();
    private boolean writable = true;

    /**
     * Reads what earlier processes left. A damaged file is told and set aside.
     *
     * @param file usually {@code actions/executions.json} in the data directory
     */
    public ExecutionLedger(Path file) {
        this.file = file;
        try {
            var stored = LedgerJson.read(Files.readAllBytes(file));
            stored.begun().forEach(each -> begun.put(each.id(), each));
            finished.addAll(stored.finished());
        } catch (NoSuchFileException firstStart) {
            // Nothing was ever run.
        } catch (IOException damaged) {
            setAside(damaged);
        }
    }

    /** Whether the id runs or was run. */
    synchronized boolean knows(String id) {
        return begun.containsKey(id) || finished.contains(id);
    }

    /** Executions without an end. */
    synchronized List<Begun> unfinished() {
        return List.copyOf(begun.values());
    }

    /**
     * Durable when it returns.
     *
     * @throws IOException when it cannot be written down; then it must not be run, and counts as begun until its end is told: a later
     *     write must not call it finished before that
     */
    synchronized void begin(Begun execution) throws IOException {
        begun.put(execution.id(), execution);
        write();
    }

    /** The end is told or safely stored elsewhere. */
    synchronized void finish(String id) {
        begun.remove(id);
        remember(id);
        try {
            write();
            writable = true;
        } catch (IOException refused) {
            if (writable) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", refused.toString())
                        .log("end of an execution cannot be remembered, a restart will call it interrupted");
            }
            writable = false;
        }
    }

    private void remember(String id) {
        finished.add(id);
        if (finished.size() > MAX_FINISHED) {
            finished.removeFirst();
        }
    }

    private void write() throws IOException {
        AtomicFile.write(file, LedgerJson.write(begun.values(), finished));
    }

    private void setAside(IOException damaged) {
        var aside = file.resolveSibling(file.getFileName() + ".corrupt");
        LOG.atError()
                .addKeyValue("file", file)
                .addKeyValue("reason", damaged.getMessage())
                .log("memory of executions is damaged and set aside, ids of the past are not known");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException stays) {
            LOG.atDebug().addKeyValue("reason", stays.toString()).log("damaged file stays");
        }
    }
}
