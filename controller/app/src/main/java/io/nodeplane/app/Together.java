package io.nodeplane.app;

import io.nodeplane.runtime.lifecycle.Part;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that start one after the other and close at the same time, for those whose close takes seconds.
 *
 * @param afterwards closed when all parts are
 */
record Together(String name, List<Part> parts, List<? extends AutoCloseable> afterwards) implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(Together.class);

    Together {
        parts = List.copyOf(parts);
        afterwards = List.copyOf(afterwards);
    }

    @Override
    public void start() {
        parts.forEach(Part::start);
    }

    @Override
    public void close() {
        var closing = new ArrayList<Thread>();
        for (var part : parts) {
            closing.add(Thread.ofVirtual().name("close-" + part.name()).start(() -> close(part)));
        }
        try {
            for (var thread : closing) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        afterwards.forEach(Together::close);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception bug) {
            LOG.atError().addKeyValue("part", closeable).setCause(bug).log("part failed to close");
        }
    }
}
