package io.nodeplane.plexd.pipeline;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the sources one after the other; a source that fails holds up no other. Used by one thread at a time. */
final class Collection<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Collection.class);

    private final String pipeline;
    private final List<Source<R>> sources;
    private final Source.Intake<R> intake;
    private final Map<Source<R>, Episode> failures;

    Collection(String pipeline, List<Source<R>> sources, Source.Intake<R> intake) {
        this.pipeline = pipeline;
        this.sources = List.copyOf(sources);
        this.intake = intake;
        this.failures = sources.stream().collect(Collectors.toMap(Function.identity(), source -> new Episode()));
    }

    void once() throws InterruptedException {
        for (var source : sources) {
            collect(source, failures.getOrDefault(source, new Episode()));
        }
    }

    void close() {
        for (var source : sources) {
            try {
                source.close();
            } catch (IOException ignored) {
                // Sources only read: what is open holds nothing that could be lost.
            }
        }
    }

    private void collect(Source<R> source, Episode failure) throws InterruptedException {
        try {
            source.collect(intake);
            if (failure.ends()) {
                LOG.atInfo()
                        .addKeyValue("pipeline", pipeline)
                        .addKeyValue("source", source.name())
                        .log("source can be read");
            }
        } catch (NoSuchFileException absent) {
            // Normal on most nodes: only the control plane writes a Kubernetes audit log.
            if (failure.begins()) {
                LOG.atInfo()
                        .addKeyValue("pipeline", pipeline)
                        .addKeyValue("source", source.name())
                        .addKeyValue("file", absent.getFile())
                        .log("source is not there, looked for at every tick");
            }
        } catch (IOException failed) {
            if (failure.begins()) {
                LOG.atWarn()
                        .addKeyValue("pipeline", pipeline)
                        .addKeyValue("source", source.name())
                        .setCause(failed)
                        .log("source cannot be read, tried again at every tick");
            }
        }
    }
}
