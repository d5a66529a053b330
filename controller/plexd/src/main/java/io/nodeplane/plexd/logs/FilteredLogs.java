package io.nodeplane.plexd.logs;

import io.nodeplane.plexd.pipeline.Source;
import java.io.IOException;

/** A source behind the configured filter. */
public final class FilteredLogs implements Source<LogRecord> {
    private final Source<LogRecord> source;
    private final LogFilter filter;

    /** The source as the filter lets it through. */
    public FilteredLogs(Source<LogRecord> source, LogFilter filter) {
        this.source = source;
        this.filter = filter;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void collect(Intake<LogRecord> intake) throws IOException, InterruptedException {
        source.collect(
                records -> intake.accept(records.stream().filter(filter::passes).toList()));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
