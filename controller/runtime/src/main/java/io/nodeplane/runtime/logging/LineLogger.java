package io.nodeplane.runtime.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** An SLF4J logger that keeps key-value pairs apart from the message. Thread-safe. */
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1;

    LineLogger(String name) {
        this.name = name;
    }

    @Override
    public void log(LoggingEvent event) {
        if (!Logging.passes(name, event.getLevel())) {
            return;
        }
        var fields = new LinkedHashMap<String, String>();
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
        }
        publish(event.getLevel(), event.getMessage(), event.getArgumentArray(), fields, event.getThrowable());
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String pattern,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        publish(level, pattern, arguments, new LinkedHashMap<>(), cause);
    }

    private void publish(
            Level level,
            @Nullable String pattern,
            @Nullable Object @Nullable [] arguments,
            Map<String, String> fields,
            @Nullable Throwable cause) {
        var text = arguments == null ? pattern : MessageFormatter.basicArrayFormat(pattern, arguments);
        if (cause != null) {
            fields.put("error", cause.toString());
        }
        var trace = cause == null || level != Level.ERROR ? "" : stackTrace(cause);
        var message = Objects.requireNonNullElse(text, "null");
        Logging.publish(new LogEvent(Instant.now(), level, Logging.shortName(name), message, fields, trace));
    }

    private static String stackTrace(Throwable cause) {
        var text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Override
    public boolean isTraceEnabled() {
        return Logging.passes(name, Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return Logging.passes(name, Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return Logging.passes(name, Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return Logging.passes(name, Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return Logging.passes(name, Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }
}
