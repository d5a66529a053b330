package io.nodeplane.app;

import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.dataplane.DataPlaneStatus;
import io.nodeplane.plexd.events.StreamState;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.runtime.health.Page;
import io.nodeplane.runtime.health.Readiness;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the agent stands, gathered from its parts at the moment somebody asks. Thread-safe. */
final class Standing {
    /**
     * What the parts of one identity say.
     *
     * @param node who
     * @param events how events arrive
     * @param nodeState object name and standing, empty outside Kubernetes
     */
    record Parts(
            Identity node,
            Supplier<StreamState> events,
            Supplier<Optional<NodeStateStanding>> nodeState,
            Supplier<DataPlaneStatus> dataPlane) {}

    /** The PlexdNodeState. */
    record NodeStateStanding(String object, String text) {}

    /** What came of the heartbeats so far. */
    record HeartbeatStanding(
            @Nullable Instant acceptedAt, @Nullable Instant failedAt, String failure) {
        static final HeartbeatStanding NONE = new HeartbeatStanding(null, null, "");
    }

    private final PlexdConfig config;
    private final Instant startedAt;
    private final Readiness readiness;
    private final Readiness.Condition eventDelivery;
    private volatile @Nullable Parts parts;
    private volatile HeartbeatStanding heartbeat = HeartbeatStanding.NONE;

    Standing(PlexdConfig config, Instant startedAt, Readiness readiness) {
        this.config = config;
        this.startedAt = startedAt;
        this.readiness = readiness;
        this.eventDelivery = readiness.condition("events", "");
        eventDelivery.met();
    }

    PlexdConfig config() {
        return config;
    }

    Instant startedAt() {
        return startedAt;
    }

    void serve(Parts fresh) {
        parts = fresh;
    }

    Optional<Parts> parts() {
        return Optional.ofNullable(parts);
    }

    void heartbeatAccepted(Instant at) {
        heartbeat = new HeartbeatStanding(at, null, "");
    }

    void heartbeatFailed(Instant at, String failure) {
        heartbeat = new HeartbeatStanding(heartbeat.acceptedAt(), at, failure);
    }

    HeartbeatStanding heartbeat() {
        return heartbeat;
    }

    /** Why the agent is not ready, if so; looks at the event stream on the way. */
    Optional<String> unready() {
        parts().map(running -> running.events().get().mode()).ifPresent(mode -> {
            switch (mode) {
                // Pulls take the place of events for good where the control plane has none: that is no defect.
                case CONNECTING, STREAMING, PULL_ONLY, REFUSED -> eventDelivery.met();
                case POLLING -> eventDelivery.unmet("event delivery degraded");
            }
        });
        return readiness.firstUnmet();
    }

    /** Readiness as a page. */
    Page ready() {
        var page = Page.ready(readiness);
        return () -> {
            var _ = unready();
            return page.answer();
        };
    }
}
