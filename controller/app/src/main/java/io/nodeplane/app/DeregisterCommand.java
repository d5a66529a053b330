package io.nodeplane.app;

import io.nodeplane.app.cli.AgentSocket;
import io.nodeplane.app.cli.Question;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.http.HttpApiClient;
import io.nodeplane.plexd.http.HttpMetrics;
import io.nodeplane.plexd.http.HttpStreamClient;
import io.nodeplane.plexd.identity.FileIdentities;
import io.nodeplane.plexd.identity.Identity;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;

/**
 * {@code plexd deregister}: the running agent leaves the control plane and ends; where none runs, this command does it with
 * the identity of the data directory.
 */
record DeregisterCommand(PlexdConfig config, Question question, Console console) {
    private static final int PROBE_MILLISECONDS = 2_000;

    int run(boolean purge) {
        try {
            var reply = question.socket().ask("POST", "/v1/deregister" + (purge ? "?purge=true" : ""));
            if (!reply.isGood()) {
                return question.refused(reply);
            }
            console.out().println("The node is deregistered and its agent ends.");
            console.out()
                    .println(
                            "Where something starts the agent again, as a DaemonSet does, and it finds a bootstrap token, it"
                                    + " registers anew.");
            return 0;
        } catch (AgentSocket.Silent silent) {
            return silent.isAbsent() && !somethingRuns() ? alone(purge) : question.silent(silent);
        } catch (IOException broken) {
            console.err().println("plexd: " + broken.getMessage());
            return 1;
        }
    }

    /** Two processes must not work with one data directory: an agent whose socket is elsewhere still has its health port. */
    private boolean somethingRuns() {
        var listen = config.health().listen();
        if (!config.health().enabled() || listen.getPort() == 0) {
            return false;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(listen.getHostString(), listen.getPort()), PROBE_MILLISECONDS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private int alone(boolean purge) {
        var clock = Clock.systemUTC();
        var identities = new FileIdentities(config.dataDir(), clock);
        try {
            var identity = identities.load();
            if (identity.isEmpty()) {
                console.err()
                        .println("plexd: no agent runs, and " + config.dataDir()
                                + " holds no identity: nothing to deregister");
                return 1;
            }
            deregister(identity.get(), clock);
            new DataDirectory(config.dataDir(), identities).forget(purge);
            console.out().println("Node " + identity.get().nodeId() + " is deregistered.");
            return 0;
        } catch (IOException failed) {
            console.err().println("plexd: the node is not deregistered: " + failed.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void deregister(Identity identity, Clock clock) throws IOException, InterruptedException {
        var metrics = new HttpMetrics(new PrometheusRegistry());
        try (var api = new HttpApiClient(config.api(), Version.TEXT, clock, metrics);
                var streams = new HttpStreamClient(config.api(), Version.TEXT, clock, metrics)) {
            var door = Contract.of(identity, api, streams, clock).deregistrations();
            if (door.isPresent()) {
                door.get().deregister();
                return;
            }
            console.out().println("The control plane cannot be told that the node leaves: remove its resource there.");
        }
    }
}
