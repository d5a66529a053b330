package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.events.EventStreams;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Rfc3339;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The events of the platform: numbered, signed with a named key, kept for streams that come back. Thread-safe: everything
 * that must agree about the last number happens under the lock of the streams. SOURCE: facts 10.3, events.
 */
public final class EventLog {
    /** Events that are kept. */
    private static final int RING = 64;

    /** The key of registration. */
    public static final String FIRST_KEY = "did:web:plexsphere.com#key-e2e";

    private static final Map<String, String> VERSION = Map.of("X-Plexsphere-API-Version", "v1");

    private record Kept(long sequence, Optional<String> nodeId, byte[] frame) {}

    private final EventStreams streams;
    private final Clock clock;
    private final Deque<Kept> ring = new ArrayDeque<>();
    private EventSigner signer;
    private String keyId = FIRST_KEY;
    private long sequence;
    private boolean descoped;

    EventLog(EventStreams streams, EventSigner signer, Clock clock) {
        this.streams = streams;
        this.signer = signer;
        this.clock = clock;
    }

    /** The key that signs now, as registration tells it. */
    String publicKey() {
        synchronized (streams) {
            return signer.publicKey();
        }
    }

    String keyId() {
        synchronized (streams) {
            return keyId;
        }
    }

    /**
     * A stream from behind a cursor on; without one, from now on.
     *
     * @param cursor value of {@code Last-Event-ID}
     */
    Answer.Stream open(String nodeId, Optional<String> cursor) {
        synchronized (streams) {
            if (descoped) {
                throw Problem.of(501, "signed_event_bus_not_provisioned", "no events here");
            }
            var from = cursor.map(this::place).orElse(sequence);
            return streams.open(nodeId, VERSION, () -> after(from, nodeId));
        }
    }

    private long place(String cursor) {
        var isNumber = cursor.length() <= 18 && cursor.matches("\\d+");
        if (!isNumber || Long.parseLong(cursor) > sequence) {
            throw Problem.of(400, "invalid_cursor", "Last-Event-ID: expected a number of this stream");
        }
        return Long.parseLong(cursor);
    }

    /** Called under the lock of the streams. */
    private byte[] after(long from, String nodeId) {
        var frames = new ByteArrayOutputStream();
        for (var kept : ring) {
            var isForNode = kept.nodeId().filter(id -> !id.equals(nodeId)).isEmpty();
            if (kept.sequence() > from && isForNode) {
                frames.writeBytes(kept.frame());
            }
        }
        return frames.toByteArray();
    }

    /**
     * Stamps, signs, numbers and sends an event.
     *
     * @param keep {@code issued_at}, {@code key_id} and {@code signature} that stay as they are: for stale and forged events
     * @param nodeId one node only
     */
    void send(PlatformEvent event, Set<String> keep, Optional<String> nodeId) {
        synchronized (streams) {
            var stamped = keep.contains("issued_at") ? event : event.issuedAt(now());
            var named = keep.contains("key_id") ? stamped : stamped.keyId(keyId);
            var signed = keep.contains("signature") ? named : named.signature(signer.sign(named.canonical()));
            var frame = signed.frame(++sequence);
            ring.addLast(new Kept(sequence, nodeId, frame));
            if (ring.size() > RING) {
                ring.removeFirst();
            }
            streams.send(nodeId, frame);
        }
    }

    /** Tells a fresh key under its old one, and signs with the fresh one from then on. */
    void rotateKey(String nextId, Duration transition) {
        synchronized (streams) {
            var next = EventSigner.fresh();
            var payload = Json.object()
                    .put("key_id", nextId)
                    .put("public_key", next.publicKey())
                    .put("previous_key_id", keyId)
                    .put("transition_expires", clock.instant().plus(transition).toString());
            send(
                    new PlatformEvent(
                            UUID.randomUUID().toString(),
                            "signing_key_rotated",
                            "domain",
                            "",
                            "",
                            payload.toString(),
                            ""),
                    Set.of(),
                    Optional.empty());
            signer = next;
            keyId = nextId;
        }
    }

    /** No events at all (501), or events again. */
    void descope(boolean off) {
        synchronized (streams) {
            descoped = off;
        }
        if (off) {
            streams.closeAll();
        }
    }

    private String now() {
        return Rfc3339.format(Instant.now(clock).atOffset(ZoneOffset.UTC));
    }
}
