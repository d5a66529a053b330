package io.nodeplane.app;

import io.nodeplane.runtime.lifecycle.Part;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts started in order and closed in reverse; a part that fails to close keeps none of the others from it. */
final class PartList implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartList.class);

    private final ArrayDeque<Part> started = new ArrayDeque<>();

    private PartList() {}

    /** Starts all; when one fails to start, those before it are closed again. */
    static PartList start(List<Part> parts) {
        var list = new PartList();
        try {
            for (var part : parts) {
                list.started.push(part);
                part.start();
                LOG.atDebug().addKeyValue("part", part.name()).log("part started");
            }
            return list;
        } catch (RuntimeException failed) {
            list.close();
            throw failed;
        }
    }

    /** How many run. */
    int size() {
        return started.size();
    }

    @Override
    public void close() {
        // A pending interrupt, which is how the process is told to stop, would cut every wait below short.
        var interrupted = Thread.interrupted();
        while (!started.isEmpty()) {
            var part = started.pop();
            try {
                part.close();
            } catch (RuntimeException bug) {
                LOG.atError().addKeyValue("part", part.name()).setCause(bug).log("part failed to close");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
