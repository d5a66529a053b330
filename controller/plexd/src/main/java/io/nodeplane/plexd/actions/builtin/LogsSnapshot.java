package io.nodeplane.plexd.actions.builtin;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import io.nodeplane.runtime.config.GoDuration;
import io.nodeplane.runtime.logging.RecentLog;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** {@code logs.snapshot}: the agent's newest log lines, oldest first (protocol facts 8.1). */
record LogsSnapshot(RecentLog log, InstantSource clock) implements Action {
    private static final int DEFAULT_LINES = 100;

    /** The contract's bound; how many there are is the bound of {@link RecentLog}. */
    private static final int MAX_LINES = 10_000;

    @Override
    public Capabilities.Action description() {
        return new Capabilities.Action(
                "logs.snapshot",
                "Prints the newest log lines of the agent",
                List.of(
                        new Parameter(
                                "lines", "int", false, String.valueOf(DEFAULT_LINES), "how many, at most " + MAX_LINES),
                        new Parameter("since", "string", false, "", "RFC 3339 time, or a duration such as 10m")));
    }

    @Override
    public int run(Map<String, String> parameters, Streams streams) throws ActionFailed {
        var lines = Parameters.whole(parameters, "lines", DEFAULT_LINES, MAX_LINES);
        for (var line : log.newest(lines, since(parameters))) {
            var bytes = line.getBytes(StandardCharsets.UTF_8);
            streams.stdout().write(bytes, 0, bytes.length);
        }
        return 0;
    }

    private Instant since(Map<String, String> parameters) throws ActionFailed {
        var text = parameters.getOrDefault("since", "");
        if (text.isEmpty()) {
            return Instant.MIN;
        }
        var ago = GoDuration.parse(text).filter(duration -> !duration.isNegative());
        if (ago.isPresent()) {
            return clock.instant().minus(ago.get());
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noTime) {
            throw Parameters.wrong(parameters, "since", "an RFC 3339 time or a duration such as 10m");
        }
    }
}
