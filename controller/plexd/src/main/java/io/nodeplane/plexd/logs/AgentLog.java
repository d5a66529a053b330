package io.nodeplane.plexd.logs;

import io.nodeplane.plexd.pipeline.Source;
import io.nodeplane.runtime.logging.LogBuffer;
import io.nodeplane.runtime.logging.LogEvent;
import io.nodeplane.runtime.logging.LogTap;
import java.io.IOException;
import java.util.List;
import org.slf4j.event.Level;

/**
 * The agent's own log as a source: {@code agent}, unit {@code plexd} (protocol facts 5.4). Attach it before the agent's
 * first line. Lines of forwarding itself are left out: sending a line must not make a line that must be sent. Thread-safe.
 */
public final class AgentLog implements LogTap, Source<LogRecord> {
    private static final int CAPACITY = 1000;
    private static final int CHUNK = 200;

    private static final List<String> FORWARDING = List.of(
            "plexd.pipeline.",
            "plexd.logs.",
            "plexd.local.",
            "plexd.secrets.",
            "plexd.http.",
            "plexd.seed.",
            "jdk.",
            "java.net.");

    private final LogBuffer buffer = new LogBuffer(CAPACITY);
    private final String hostname;
    private long toldDropped;

    /** An empty log. */
    public AgentLog(String hostname) {
        this.hostname = hostname;
    }

    @Override
    public void accept(LogEvent event) {
        if (FORWARDING.stream().noneMatch(event.logger()::startsWith)) {
            buffer.accept(event);
        }
    }

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public void collect(Intake<LogRecord> intake) throws IOException, InterruptedException {
        for (var events = buffer.drain(CHUNK); !events.isEmpty(); events = buffer.drain(CHUNK)) {
            intake.accept(events.stream().map(this::record).toList());
            tellDropped(events.getLast(), intake);
        }
    }

    private void tellDropped(LogEvent last, Intake<LogRecord> intake) throws IOException, InterruptedException {
        var dropped = buffer.dropped();
        if (dropped > toldDropped) {
            var message = "agent logged faster than collected, lines dropped: " + (dropped - toldDropped);
            toldDropped = dropped;
            intake.accept(List.of(new LogRecord(last.at(), "agent", "plexd", message, Severity.WARNING, hostname)));
        }
    }

    private LogRecord record(LogEvent event) {
        return new LogRecord(event.at(), "agent", "plexd", message(event), severity(event.level()), hostname);
    }

    private static String message(LogEvent event) {
        var text = new StringBuilder(event.message());
        event.fields().forEach((key, value) -> {
            var plain = !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=');
            text.append(' ').append(key).append('=');
            text.append(plain ? value : '"' + value.replace("\"", "\\\"") + '"');
        });
        if (!event.stackTrace().isEmpty()) {
            text.append('\n').append(event.stackTrace());
        }
        return LogText.limited(text.toString());
    }

    private static Severity severity(Level level) {
        return switch (level) {
            case ERROR -> Severity.ERROR;
            case WARN -> Severity.WARNING;
            case INFO -> Severity.INFO;
            case DEBUG, TRACE -> Severity.DEBUG;
        };
    }
}
