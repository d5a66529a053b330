package io.nodeplane.runtime.logging;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * One thing that was logged.
 *
 * @param logger name of the class that spoke, without {@code io.nodeplane.}
 * @param message constant lower-case words
 * @param fields the variable parts, in the order they were added; a cause appears as {@code error}
 * @param stackTrace of the cause, many lines; empty unless the level is error
 */
public record LogEvent(
        Instant at, Level level, String logger, String message, Map<String, String> fields, String stackTrace) {
    public LogEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
