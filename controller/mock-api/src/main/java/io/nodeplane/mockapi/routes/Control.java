package io.nodeplane.mockapi.routes;

import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.wire.Envelope;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Rfc3339;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What tests do to a running mock; the library and the test routes share it. */
public final class Control {
    /** Every call of the contract but the kubelet's probe, which no pattern of this kind hits. */
    private static final String CONTRACT = "* /v1/**";

    private final Desk desk;

    /** Control over the given desk. */
    public Control(Desk desk) {
        this.desk = desk;
    }

    /**
     * Stamps, signs and sends an event.
     *
     * @param event the envelope; its time and signature are replaced
     * @param keep {@code issued_at} and {@code signature} as they are in the envelope: for stale and forged events
     * @param nodeId one node only
     */
    public void inject(Envelope event, Set<String> keep, Optional<String> nodeId) {
        var stamped = keep.contains("issued_at") ? event : event.issuedAt(now(desk.clock()));
        var signed =
                keep.contains("signature") ? stamped : desk.fixture().signer().sign(stamped);
        desk.counters().raise("inject_event");
        desk.streams().send(nodeId, signed.frame());
    }

    /** Tells a fresh signing key under the one in use, signs with it from then on, and serves it in the state. */
    public void rotateSigningKey(Duration transition) {
        var next = EventSigner.fresh();
        var until = Rfc3339.format(desk.clock().instant().plus(transition).atOffset(ZoneOffset.UTC));
        var news = new Envelope(
                "signing_key_rotated",
                UUID.randomUUID().toString(),
                "",
                UUID.randomUUID().toString(),
                desk.fixture().signingKeys(next, until).toString(),
                "");
        inject(news, Set.of(), Optional.empty());
        desk.fixture().signer(next, until);
    }

    /** Cuts every call of the contract for a while and ends the open streams; {@code /test} stays in reach. */
    public void outage(Duration duration) {
        endOutage();
        desk.faults().add(Fault.on(CONTRACT).cut(Fault.Cut.BEFORE).lasting(duration));
        desk.streams().closeAll();
    }

    /** Ends an outage before its time. */
    public void endOutage() {
        desk.faults().clear(CONTRACT);
    }

    /** The time of a clock as an event carries it. */
    static String now(Clock clock) {
        return Rfc3339.format(clock.instant().atOffset(ZoneOffset.UTC));
    }
}
