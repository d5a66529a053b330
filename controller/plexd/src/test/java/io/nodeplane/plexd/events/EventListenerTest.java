package io.nodeplane.plexd.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.events.StreamState.Mode;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The listener against a scripted control plane: each connection is a list of events or a failure; a sleep passes time, and
 * the end of the script stops the loop. A frame's data is the name of a prepared event.
 */
class EventListenerTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");
    private static final Duration REPROBE = Duration.ofMinutes(3);

    private final SettableClock clock = new SettableClock(NOON);
    private final Signer server = new Signer();
    private final Signer forger = new Signer();
    private final List<SigningKey> stored = new ArrayList<>();
    private boolean diskRefuses;
    private Optional<EventCursor> placeAtStore = Optional.empty();
    private final SigningKeyRing keys = new SigningKeyRing(server.publicKey(), this::store, clock);
    private final InMemoryEventCursors cursors = new InMemoryEventCursors();
    private final Map<String, SignedEvent> events = new HashMap<>();
    private final Map<String, EventMeaning> meanings = new HashMap<>();
    private final Queue<Object> script = new ArrayDeque<>();
    private final List<Optional<String>> resumed = new ArrayList<>();
    private final List<String> triggers = new ArrayList<>();
    private final List<String> rotations = new ArrayList<>();
    private final List<String> requested = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private final List<Duration> slept = new ArrayList<>();
    private final List<Mode> modes = new ArrayList<>();
    private boolean hasNonces = true;
    private EventListener listener = listener();

    @Test
    void pullsTheStateAfterConnectingAndOnEachChange() {
        given("a", server, new EventMeaning.StateChanged());
        script.add("id: 1\ndata: a\n\n");

        run();

        assertEquals(List.of("event stream connected", "event: type-a"), triggers);
    }

    @Test
    void resumesBehindTheLastEventThatWasSigned() {
        given("a", server, new EventMeaning.Unknown());
        given("forged", forger, new EventMeaning.StateChanged());
        script.add("id: 1\ndata: a\n\nid: 2\ndata: forged\n\n");
        script.add("");

        run();

        assertEquals(List.of(Optional.empty(), Optional.of("1")), resumed);
        assertEquals(List.of("event stream connected", "event stream connected"), triggers);
    }

    @Test
    void resumesBehindAStaleEventAndIgnoresIt() {
        given("old", server, new EventMeaning.StateChanged(), NOON.minusSeconds(600));
        script.add("id: 9\ndata: old\n\n");
        script.add("");

        run();

        assertEquals(List.of(Optional.empty(), Optional.of("9")), resumed);
        assertEquals(List.of("event stream connected", "event stream connected"), triggers);
    }

    @Test
    void takesAReplayedEventOnce() {
        given("a", server, new EventMeaning.StateChanged());
        script.add("data: a\n\ndata: a\n\n");

        run();

        assertEquals(List.of("event stream connected", "event: type-a"), triggers);
    }

    @Test
    void takesEveryEventOfAContractWithoutNonces() {
        hasNonces = false;
        given("a", server, new EventMeaning.StateChanged());
        script.add("id: 1\ndata: a\n\nid: 1\ndata: a\n\n");

        run();

        assertEquals(List.of("event stream connected", "event: type-a", "event: type-a"), triggers);
    }

    @Test
    void handsAWishForANewMeshKeyOn() {
        given("a", server, new EventMeaning.MeshKeyDue());
        script.add("data: a\n\n");

        run();

        assertEquals(List.of("event: type-a"), rotations);
    }

    @Test
    void pullsWhileTheControlPlaneOffersNoStreamAndAsksAgainLater() {
        script.add(new ApiException.ServerFault(501, "signed_event_bus_not_provisioned"));
        script.add("");

        run();

        assertEquals(Mode.PULL_ONLY, modes.getFirst());
        assertEquals(List.of("polling", "polling", "polling", "event stream connected"), triggers);
        assertEquals(REPROBE, slept.subList(0, 3).stream().reduce(Duration.ZERO, Duration::plus));
    }

    @Test
    void takesNoEventOfBeforeARestartTwice() {
        given("a", server, new EventMeaning.StateChanged());
        script.add("id: 1\ndata: a\n\n");
        run();
        triggers.clear();

        listener = listener();
        script.add("id: 1\ndata: a\n\n");
        run();

        assertEquals(List.of("event stream connected"), triggers);
        assertEquals(Optional.of("1"), resumed.getLast());
    }

    @Test
    void goesOnAfterAMalformedEvent() {
        given("b", server, new EventMeaning.StateChanged());
        script.add("data: {\"broken\":\n\ndata: b\n\n");

        run();

        assertEquals(List.of("event stream connected", "event: type-b"), triggers);
    }

    @Test
    void goesOnAfterAnOversizedEvent() {
        given("b", server, new EventMeaning.StateChanged());
        script.add("data: " + "x".repeat(SseParser.MAX_EVENT_BYTES) + "\n\ndata: b\n\n");

        run();

        assertEquals(List.of("event stream connected", "event: type-b"), triggers);
    }

    @Test
    void installsARotatedKeyAtOnce() {
        var next = new Signer();
        given(
                "rotate",
                server,
                new EventMeaning.KeysRotated(new SigningKeys(next.publicKey(), Optional.empty(), Optional.empty())));
        given("new", next, new EventMeaning.StateChanged());
        given("old", server, new EventMeaning.StateChanged());
        script.add("data: rotate\n\ndata: new\n\ndata: old\n\n");

        run();

        assertEquals(List.of("event stream connected", "event: type-new"), triggers);
    }

    @Test
    void believesNewsOfAKeyThatCameLate() {
        var next = new Signer();
        given("rotate", server, replacedBy(next), NOON.minusSeconds(600));
        given("new", next, new EventMeaning.StateChanged());
        script.add("id: 1\ndata: rotate\n\nid: 2\ndata: new\n\n");

        run();

        assertEquals(List.of("event stream connected", "event: type-new"), triggers);
    }

    @Test
    void believesNoLateNewsOfAKeyThatIsForged() {
        given("rotate", forger, replacedBy(forger), NOON.minusSeconds(600));
        given("new", forger, new EventMeaning.StateChanged());
        script.add("id: 1\ndata: rotate\n\nid: 2\ndata: new\n\n");

        run();

        assertEquals(List.of("event stream connected"), triggers);
    }

    @Test
    void keepsAPlaceOnlyWhenWhatStoodThereIsDone() {
        var next = new Signer();
        given("rotate", server, replacedBy(next));
        script.add("id: 1\ndata: rotate\n\n");

        run();

        assertEquals(List.of(next.publicKey()), stored);
        assertEquals(Optional.of(EventCursor.START), placeAtStore);
        assertEquals(Optional.of("1"), cursors.load().lastEventId());
    }

    @Test
    void keepsNoPlaceBehindTheNewsOfAKeyThatIsNotStored() {
        var next = new Signer();
        given("rotate", server, replacedBy(next));
        given("new", next, new EventMeaning.StateChanged());
        diskRefuses = true;
        script.add("id: 1\ndata: rotate\n\n");
        script.add(new ApiException.ServerFault(503, "busy"));
        run();
        assertEquals(EventCursor.START, cursors.load());

        diskRefuses = false;
        script.add("id: 2\ndata: new\n\n");
        run();

        assertEquals(List.of(next.publicKey()), stored);
        assertEquals(Optional.of("2"), cursors.load().lastEventId());
    }

    private static EventMeaning replacedBy(Signer next) {
        return new EventMeaning.KeyReplaced(next.publicKey(), "", Optional.empty());
    }

    private void store(SigningKey key) throws IOException {
        if (diskRefuses) {
            throw new IOException("disk full");
        }
        stored.add(key);
        placeAtStore = Optional.of(cursors.load());
    }

    @Test
    void handsOnRequestsForActions() {
        given("act", server, new EventMeaning.ActionWanted(execution()));
        script.add("data: act\n\n");

        run();

        assertEquals(List.of("e-1"), requested);
    }

    @Test
    void tells401AndGoesOn() {
        script.add(new ApiException.Unauthorized("who"));
        script.add("");

        run();

        assertEquals(List.of("events"), rejections);
        assertEquals(List.of(Mode.STREAMING), modes);
    }

    @Test
    void dropsACursorThatTheServerDoesNotKnow() {
        given("a", server, new EventMeaning.Unknown());
        script.add("id: 1\ndata: a\n\n");
        script.add(new ApiException.Rejected(400, "invalid cursor"));
        script.add("");

        run();

        assertEquals(List.of(Optional.empty(), Optional.of("1"), Optional.empty()), resumed);
    }

    @Test
    void pollsAfterFiveMinutesAndStopsWhenTheStreamIsBack() {
        for (var failure = 0; failure < 20; failure++) {
            script.add(new ApiException.ServerFault(503, "busy"));
        }
        script.add("");

        run();

        var polls = triggers.stream().filter("polling"::equals).count();
        assertTrue(polls >= 5, "polls " + polls);
        assertEquals("event stream connected", triggers.getLast());
        assertEquals(Mode.POLLING, modes.getFirst());
        assertEquals(Mode.STREAMING, modes.getLast());
    }

    @Test
    void pollsWhileRefusedAndSaysSo() {
        script.add(new ApiException.Rejected(404, "no such route"));
        script.add("");

        run();

        assertEquals(10, triggers.stream().filter("polling"::equals).count());
        assertEquals(Mode.REFUSED, modes.getFirst());
        assertEquals(Mode.STREAMING, modes.getLast());
    }

    @Test
    void endsWhenInterruptedInsideARead() {
        script.add(new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        });
        script.add("data: never\n\n");

        run();

        assertEquals(1, resumed.size());
    }

    @Test
    void handsOnNoRequestThatIsForged() {
        given("act", forger, new EventMeaning.ActionWanted(execution()));
        script.add("data: act\n\n");

        run();

        assertEquals(List.of(), requested);
    }

    private static Execution execution() {
        return new Execution(
                "e-1", "system.info", Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void given(String name, Signer signer, EventMeaning meaning) {
        given(name, signer, meaning, NOON);
    }

    private void given(String name, Signer signer, EventMeaning meaning, Instant issuedAt) {
        events.put(name, signer.event("type-" + name, name, issuedAt));
        meanings.put("type-" + name, meaning);
    }

    private void run() {
        assertThrows(InterruptedException.class, listener::run);
    }

    private InputStream open(Optional<String> lastEventId) throws ApiException, InterruptedException {
        var next = script.poll();
        if (next == null) {
            throw new InterruptedException("end of the script");
        }
        resumed.add(lastEventId);
        return switch (next) {
            case ApiException failure -> throw failure;
            case InputStream stream -> stream;
            default -> new ByteArrayInputStream(next.toString().getBytes(UTF_8));
        };
    }

    private void sleep(Duration pause) throws InterruptedException {
        if (script.isEmpty()) {
            throw new InterruptedException("end of the script");
        }
        slept.add(pause);
        clock.pass(pause);
    }

    private EventListener listener() {
        var codec = new EventCodec() {
            @Override
            public boolean hasNonces() {
                return hasNonces;
            }

            @Override
            public SignedEvent envelope(byte[] data) throws ApiException.Malformed {
                var event = events.get(new String(data, UTF_8));
                if (event == null) {
                    throw new ApiException.Malformed("event: is no JSON", null);
                }
                return event;
            }

            @Override
            public EventMeaning meaning(SignedEvent event) {
                return meanings.getOrDefault(event.type(), new EventMeaning.Unknown());
            }
        };
        var ports = new EventListener.Ports(
                this::open,
                codec,
                cursors,
                execution -> requested.add(execution.id()),
                rotations::add,
                rejections::add);
        return new EventListener(
                ports,
                keys,
                reason -> {
                    triggers.add(reason);
                    modes.add(listener.streamState().mode());
                },
                () -> {},
                REPROBE,
                clock,
                this::sleep,
                new Random(1),
                new EventMetrics(new PrometheusRegistry()));
    }
}
