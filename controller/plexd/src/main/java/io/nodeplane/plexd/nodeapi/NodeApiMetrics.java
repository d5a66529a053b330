package io.nodeplane.plexd.nodeapi;

import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;
import io.nodeplane.runtime.http.Site;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;

/** What the node API tells Prometheus; made once per process. Thread-safe. */
public final class NodeApiMetrics {
    private final Counter requests;
    private final Counter turnedAway;

    /** Registers the two metrics. */
    public NodeApiMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("plexd_node_api_requests_total")
                .help("Requests to the node API by listener and status of the answer.")
                .labelNames("listener", "status")
                .register(registry);
        turnedAway = Counter.builder()
                .name("plexd_node_api_turned_away_total")
                .help("Connections to the node API that were closed at once because it was full.")
                .labelNames("listener")
                .register(registry);
    }

    /** The site with its answers counted. */
    Site counted(String listener, Site site) {
        return new Site() {
            @Override
            public HttpAnswer answer(HttpRequest request) throws RefusedRequest, IOException, InterruptedException {
                try {
                    var answer = site.answer(request);
                    count(answer.status());
                    return answer;
                } catch (RefusedRequest refused) {
                    count(refused.status());
                    throw refused;
                } catch (RuntimeException bug) {
                    count(500);
                    throw bug;
                }
            }

            @Override
            public HttpAnswer refusal(int status, String reason) {
                return site.refusal(status, reason);
            }

            @Override
            public void turnedAway() {
                turnedAway.labelValues(listener).inc();
            }

            private void count(int status) {
                requests.labelValues(listener, Integer.toString(status)).inc();
            }
        };
    }
}
