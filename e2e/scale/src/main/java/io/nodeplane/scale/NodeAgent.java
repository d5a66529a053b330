package io.nodeplane.scale;

import io.nodeplane.app.Agent;
import io.nodeplane.app.Host;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.logs.AgentLog;
import io.nodeplane.plexd.registration.RegistrationFailed;
import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.logging.RecentLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent of one node. */
final class NodeAgent {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);

    /** No journal: a thousand processes would follow that of this machine. */
    private static final Host NODE = new Host(Path.of("/proc"), List.of());

    private final Thread thread;

    private NodeAgent(Thread thread) {
        this.thread = thread;
    }

    /**
     * Starts it.
     *
     * @param died called when it ends by itself
     */
    static NodeAgent start(NodePlace place, URI apiServer, AgentLogs logs, Runnable died) throws ConfigException {
        var variables = place.variables(apiServer);
        var config = place.config(variables).config();
        var thread = Thread.ofVirtual().name(place.node()).start(() -> run(place, config, variables, logs, died));
        return new NodeAgent(thread);
    }

    private static void run(
            NodePlace place, PlexdConfig config, Map<String, String> variables, AgentLogs logs, Runnable died) {
        var own = new AgentLog(place.node());
        var recent = new RecentLog(200, 32 << 10);
        logs.begin(own, recent);
        try {
            new Agent(config, place.surroundings(variables), NODE, variables, own, recent).run();
        } catch (InterruptedException stopped) {
            LOG.atDebug().log("stopped");
        } catch (RegistrationFailed | IOException | RuntimeException failed) {
            LOG.atError().addKeyValue("node", place.node()).setCause(failed).log("agent ended by itself");
            died.run();
        }
    }

    /** Stops it as SIGTERM does; returns when it has ended. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
