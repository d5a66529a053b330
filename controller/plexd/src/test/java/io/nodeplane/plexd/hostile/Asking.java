package io.nodeplane.plexd.hostile;

import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.ApiConfig;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.HttpApiClient;
import io.nodeplane.plexd.http.HttpMetrics;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.nodestate.NodeStateTrial;
import io.nodeplane.plexd.registration.BootstrapToken;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.secrets.SecretUnavailable;
import io.nodeplane.plexd.seed.SeedContract;
import io.nodeplane.plexd.seed.SeedRegistrations;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.StateDiff;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** One request of the agent to a server that gives the row's bytes as answer; the outcome is what the feature gets. */
final class Asking {
    private static final NodeSecretKey KEY = new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private interface Question {
        String ask(ApiClient client) throws Exception;
    }

    private Asking() {}

    static String state(InputStream answer) throws Exception {
        return ask(answer, client -> {
            var state = contract(client).fetch();
            // What a pulled state meets next.
            var diff = StateDiff.between(NodeState.EMPTY, state);
            var told = diff.corrections(diff.categories()).size();
            if (!NodeStateTrial.survives(state)) {
                return "WRITTEN AGAIN AND AGAIN";
            }
            return state.peers().size() + " peers, " + state.data().size() + " data, " + told + " corrections";
        });
    }

    static String register(InputStream answer) throws Exception {
        return ask(answer, client -> {
            var identity = new SeedRegistrations(client)
                    .register(new Registrations.Request(
                            new BootstrapToken("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"),
                            "h",
                            "k",
                            Map.of(),
                            new UUID(0, 1)));
            return "registered as " + identity.nodeId();
        });
    }

    static String heartbeat(InputStream answer) throws Exception {
        return ask(answer, client -> {
            var heartbeat = new Heartbeat(
                    new NodeId("n"), Instant.EPOCH, true, Duration.ZERO, "", new DataPlaneStatus.Unavailable("none"));
            return "reconcile " + contract(client).send(heartbeat).reconcile();
        });
    }

    static String secret(InputStream answer) throws Exception {
        return ask(answer, client -> {
            try {
                return "opened "
                        + new SecretOpener(KEY)
                                .open("k", contract(client).fetch("k"))
                                .length();
            } catch (SecretUnavailable sealed) {
                return "SecretUnavailable: " + sealed.getMessage();
            }
        });
    }

    private static String ask(InputStream answer, Question question) throws Exception {
        try (var server = Answering.with(() -> answer);
                var client = new HttpApiClient(
                        new ApiConfig(server.uri(), false, LIMIT, LIMIT, LIMIT),
                        "test",
                        Clock.systemUTC(),
                        new HttpMetrics(new PrometheusRegistry()))) {
            return question.ask(client);
        } catch (ApiException failure) {
            var pause = failure.retryAfter().map(each -> " for " + each).orElse("");
            var message = String.valueOf(failure.getMessage());
            return failure.getClass().getSimpleName() + pause + ": "
                    + (message.contains(KEY.text()) ? "TELLS THE SECRET" : message)
                    + (message.length() > 1000 ? " A MESSAGE OF " + message.length() + " CHARACTERS" : "");
        }
    }

    private static SeedContract contract(ApiClient client) {
        return new SeedContract(
                client, (segments, id, credential) -> InputStream.nullInputStream(), new NodeId("n"), KEY);
    }
}
