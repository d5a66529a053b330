package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.actions.Executions.Acknowledgement.Rejected;
import io.nodeplane.plexd.actions.Refusal;
import io.nodeplane.plexd.events.EventCursor;
import io.nodeplane.plexd.events.EventCursors;
import io.nodeplane.plexd.events.EventListener;
import io.nodeplane.plexd.events.EventMetrics;
import io.nodeplane.plexd.events.SigningKeyRing;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiReply;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.seed.SeedContract;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;

/**
 * The real event listener with the real codec at noon of the test vectors, over connections that bring prepared bytes; it
 * ends when they are used up.
 */
final class Listening {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Queue<InputStream> connections = new ArrayDeque<>();
    private final List<Optional<String>> resumed = new ArrayList<>();
    private final List<String> deeds = new ArrayList<>();
    private Duration longestPause = Duration.ZERO;

    void brings(InputStream stream) {
        connections.add(stream);
    }

    void run() {
        var clock = Clock.fixed(Instant.parse(Envelope.NOON), ZoneOffset.UTC);
        var keys = new SigningKeyRing(new SigningKey(Envelope.PUBLIC_KEY), key -> deeds.add("key stored"), clock);
        var codec = new SeedContract(
                this::told,
                (segments, id, credential) -> InputStream.nullInputStream(),
                new NodeId("n"),
                new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
        var ports = new EventListener.Ports(
                this::open,
                codec,
                new Forgetful(),
                execution -> refuse(codec, execution),
                reason -> deeds.add("rotation"),
                where -> deeds.add("rejected"));
        var listener = new EventListener(
                ports,
                keys,
                this::trigger,
                () -> {},
                Duration.ofMinutes(10),
                clock,
                this::sleep,
                new Random(1),
                new EventMetrics(registry));
        try {
            listener.run();
        } catch (InterruptedException endOfTheScript) {
            return;
        }
    }

    /** Count of events by result. */
    Map<String, Long> results() {
        var counts = new TreeMap<String, Long>();
        registry.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals("plexd_events"))
                .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
                .forEach(point -> counts.put(point.getLabels().get("result"), (long) point.getValue()));
        return counts;
    }

    /** What the listener did about events, pulls after a connect left out. */
    List<String> deeds() {
        return deeds;
    }

    /** The resume point that was sent with the latest connection. */
    String cursor() {
        return resumed.getLast().orElse("none");
    }

    /** Whether the second connection resumed behind the event with the id {@code hostile}. */
    String betweenCursor() {
        return switch (resumed.get(1).orElse("none")) {
            case "hostile" -> "moved";
            case "1" -> "kept";
            default -> "at " + resumed.get(1).orElse("none");
        };
    }

    Duration longestPause() {
        return longestPause;
    }

    private InputStream open(Optional<String> lastEventId) throws InterruptedException {
        var next = connections.poll();
        if (next == null) {
            throw new InterruptedException("end of the script");
        }
        resumed.add(lastEventId);
        return next;
    }

    /** As an agent does that runs no actions. */
    private static void refuse(SeedContract codec, Execution execution) {
        try {
            codec.acknowledge(new Rejected(execution.id(), Refusal.ACTIONS_DISABLED));
        } catch (ApiException | InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What the agent tells the control plane about an event: its refusal of an action. */
    private ApiReply told(ApiRequest request) {
        deeds.add(String.join(
                "/", request.segments().subList(3, request.segments().size())));
        return Material.reply(new byte[0]);
    }

    private void trigger(String reason) {
        if (!reason.equals("event stream connected")) {
            deeds.add("pull");
        }
    }

    private void sleep(Duration pause) throws InterruptedException {
        if (connections.isEmpty()) {
            throw new InterruptedException("end of the script");
        }
        longestPause = pause.compareTo(longestPause) > 0 ? pause : longestPause;
    }

    static InputStream frame(String id, String data) {
        return new ByteArrayInputStream(("id: " + id + "\ndata: " + data + "\n\n").getBytes(UTF_8));
    }

    /** Starts anew in each trial. */
    private static final class Forgetful implements EventCursors {
        @Override
        public EventCursor load() {
            return EventCursor.START;
        }

        @Override
        public void save(EventCursor cursor) {}
    }
}
