package io.nodeplane.plexd.actions.builtin;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code health.check}: whether the agent is ready, and why not (protocol facts 8.1). There is no mesh whose peers could be asked. */
record HealthCheck(NodeFacts node) implements Action {
    @Override
    public Capabilities.Action description() {
        return new Capabilities.Action("health.check", "Tells whether the agent is healthy, and why not", List.of());
    }

    @Override
    public int run(Map<String, String> parameters, Streams streams) {
        var unready = node.unready().get();
        var uptime = Duration.between(node.startedAt(), node.clock().instant());
        JsonOutput.print(streams.stdout(), out -> {
            out.writeStringField("status", unready.isEmpty() ? "healthy" : "degraded");
            out.writeStringField("reason", unready.orElse(""));
            out.writeNumberField("uptime_seconds", Math.max(0, uptime.toSeconds()));
        });
        return 0;
    }
}
