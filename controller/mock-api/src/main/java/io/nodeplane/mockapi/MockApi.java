package io.nodeplane.mockapi;

import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.mockapi.capture.Captures;
import io.nodeplane.mockapi.capture.Counters;
import io.nodeplane.mockapi.capture.RecordReport;
import io.nodeplane.mockapi.capture.Records;
import io.nodeplane.mockapi.capture.Tally;
import io.nodeplane.mockapi.events.EventStreams;
import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.fault.Faults;
import io.nodeplane.mockapi.http.Dispatcher;
import io.nodeplane.mockapi.http.HttpListener;
import io.nodeplane.mockapi.http.Refusals;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.http.Router;
import io.nodeplane.mockapi.node.NodeView;
import io.nodeplane.mockapi.node.Nodes;
import io.nodeplane.mockapi.page.PageRoutes;
import io.nodeplane.mockapi.platform.PlatformControl;
import io.nodeplane.mockapi.platform.PlatformDesk;
import io.nodeplane.mockapi.platform.PlatformRoutes;
import io.nodeplane.mockapi.platform.PlatformTestRoutes;
import io.nodeplane.mockapi.routes.Control;
import io.nodeplane.mockapi.routes.Desk;
import io.nodeplane.mockapi.routes.Fixture;
import io.nodeplane.mockapi.routes.LocalRoutes;
import io.nodeplane.mockapi.routes.NodeRoutes;
import io.nodeplane.mockapi.routes.TestRoutes;
import io.nodeplane.mockapi.tls.SelfSigned;
import io.nodeplane.mockapi.wire.Envelope;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running mock control plane. Tests start one in their own process on loopback ports:
 *
 * <pre>{@code
 * try (var api = MockApi.start(MockApiConfig.loopback().mode(Mode.STRICT))) {
 *     agent.run(api.uri());
 *     api.await("heartbeat", 1, Duration.ofSeconds(5));
 *     assertEquals("healthy", api.last("heartbeat").orElseThrow().json().get("status").asText());
 * }
 * }</pre>
 *
 * <p>Counter names are those of {@code /test/assertions} without {@code _count}; capture names are those of
 * {@code /test/last-request}. Thread-safe. SOURCE: facts 10.2.
 */
public final class MockApi implements AutoCloseable {
    private final Desk desk;
    private final Control control;
    private final Optional<PlatformControl> platform;
    private final SelfSigned identity;
    private final HttpListener http;
    private final HttpListener https;

    private MockApi(MockApiConfig config, Desk desk) throws IOException {
        this.desk = desk;
        this.control = new Control(desk);
        this.identity = SelfSigned.create(config.clock());
        var beside = config.contract() == WireContract.V1_2026
                ? Optional.of(PlatformDesk.beside(desk))
                : Optional.<PlatformDesk>empty();
        this.platform = beside.map(PlatformControl::new);
        var shared = beside.map(MockApi::platformRoutes).orElseGet(() -> seedRoutes(desk));
        var withLocal = Stream.concat(shared.stream(), new LocalRoutes(desk).all().stream())
                .toList();
        this.http = HttpListener.plain(config.http(), dispatcher(shared));
        try {
            this.https = HttpListener.tls(config.https(), identity.context(), dispatcher(withLocal));
        } catch (IOException | RuntimeException e) {
            http.close();
            throw e;
        }
    }

    private static List<Route> seedRoutes(Desk desk) {
        return Stream.of(new NodeRoutes(desk).all(), new TestRoutes(desk).all(), new PageRoutes(desk).all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> platformRoutes(PlatformDesk desk) {
        return Stream.of(
                        new PlatformRoutes(desk).all(),
                        new PlatformTestRoutes(desk).all(),
                        new TestRoutes(desk.shared()).shared(),
                        new PageRoutes(desk.shared()).all())
                .flatMap(List::stream)
                .toList();
    }

    private Dispatcher dispatcher(List<Route> routes) {
        return new Dispatcher(new Router(routes, desk.refusals()), desk.faults());
    }

    /** Starts both listeners; {@link UncheckedIOException} when an address is in use. */
    public static MockApi start(MockApiConfig config) {
        var clock = config.clock();
        var desk = new Desk(
                config.mode(),
                clock,
                config.contract() == WireContract.V1_2026 ? new Counters(PlatformDesk.COUNTERS) : new Counters(),
                new Captures(clock, config.windowBytes()),
                new Records(clock, config.windowBytes()),
                new Nodes(config.mode(), clock),
                new EventStreams(config.keepAlive()),
                new Faults(clock),
                new Refusals(clock),
                new Fixture(EventSigner.fresh()));
        try {
            return new MockApi(config, desk);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + config.http() + " and " + config.https(), e);
        }
    }

    /** Base address of the plain listener, without a trailing slash, such as {@code http://127.0.0.1:40123}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.address().getPort());
    }

    /** Base address of the TLS listener, such as {@code https://127.0.0.1:40124}. */
    public URI tlsUri() {
        return URI.create("https://127.0.0.1:" + https.address().getPort());
    }

    /** Address of the plain listener. */
    public InetSocketAddress address() {
        return http.address();
    }

    /** The certificate of the TLS listener: a trust store with it accepts the mock. */
    public X509Certificate certificate() {
        return identity.certificate();
    }

    /** All counters by their wire name, such as {@code heartbeat_count}. */
    public Map<String, Long> assertions() {
        return desk.counters().all();
    }

    /** One counter, such as {@code heartbeat}. */
    public long count(String counter) {
        return desk.counters().count(counter);
    }

    /** Waits until a counter is at least {@code least}; {@link AssertionError} with all that was received when the time is over. */
    public void await(String counter, long least, Duration timeout) throws InterruptedException {
        if (!desk.counters().await(counter, least, timeout)) {
            throw new AssertionError("expected " + counter + "_count of at least " + least + " within " + timeout
                    + ", got " + assertions() + "; refused: " + refusals());
        }
    }

    /** The newest request of a capture name, such as {@code register}. */
    public Optional<CapturedRequest> last(String endpoint) {
        return desk.captures().last(endpoint);
    }

    /** The kept requests of a capture name with a sequence above {@code since}, oldest first; 0 for all. */
    public List<CapturedRequest> requests(String endpoint, long since) {
        return desk.captures().since(endpoint, since).requests();
    }

    /** The records of {@code metrics}, {@code logs}, {@code audit} or one of these with {@code local_} before it. */
    public RecordReport records(String endpoint, String contains) {
        return desk.records().report(endpoint, contains);
    }

    /**
     * Counts the numbered records of an endpoint from now on.
     *
     * @param pattern regular expression whose first group is the number, such as {@code probe-(\d+)}
     */
    public Tally tally(String endpoint, String pattern) {
        var tally = new Tally(endpoint, Pattern.compile(pattern));
        desk.records().tallies().put(endpoint + " " + pattern, tally);
        return tally;
    }

    /** The nodes in the order they appeared. */
    public List<NodeView> nodes() {
        return desk.nodes().list();
    }

    /** The last refused requests, oldest first. */
    public List<Refusals.Refusal> refusals() {
        return desk.refusals().list();
    }

    /** What a mock of the platform's contract can do; {@link IllegalStateException} when it speaks the seeds'. */
    public PlatformControl platform() {
        return platform.orElseThrow(() -> new IllegalStateException("the mock speaks " + WireContract.V1_SEED.word()));
    }

    /** Replaces the state document. SOURCE: facts 3.3. */
    public void state(String json) {
        desk.fixture().state(Json.known(json));
    }

    /** The state document as {@code GET state} answers it. */
    public String state() {
        return desk.fixture().state().toString();
    }

    /** Replaces the answer to heartbeats. */
    public void heartbeatAnswer(boolean reconcile, boolean rotateKeys) {
        desk.fixture().heartbeat(Json.object().put("reconcile", reconcile).put("rotate_keys", rotateKeys));
    }

    /** Another local credential: served as the secret's next version and wanted by the local endpoints from now on. */
    public void localBearer(String bearer) {
        desk.fixture().localBearer(bearer);
    }

    /**
     * Sends an event to all open streams, stamped now and signed.
     *
     * @param event JSON object {@code {event_type, event_id, nonce, payload}}
     */
    public void inject(String event) {
        control.inject(envelope(event), Set.of(), Optional.empty());
    }

    /**
     * Sends an event with some members as they are: for stale and forged events.
     *
     * @param event JSON object {@code {event_type, event_id, issued_at, nonce, payload, signature}}
     * @param keep {@code issued_at}, {@code signature} or both
     */
    public void inject(String event, Set<String> keep) {
        control.inject(envelope(event), keep, Optional.empty());
    }

    /** The event as {@link #inject(String)} would sign it, given its time: for tests that compare or replay. */
    public Envelope sign(String event) {
        return desk.fixture().signer().sign(envelope(event));
    }

    private static Envelope envelope(String event) {
        try {
            return Envelope.parse(event.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("event: " + e.getMessage(), e);
        }
    }

    /** Sends raw bytes into all open streams: broken frames, comments. */
    public void injectFrame(String frame) {
        desk.streams().send(Optional.empty(), frame.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells a fresh signing key under the one in use, signs with it from then on, and serves it in the state. */
    public void rotateSigningKey(Duration transition) {
        control.rotateSigningKey(transition);
    }

    /** Event streams that are open now. */
    public int openStreams() {
        return desk.streams().open();
    }

    /** Ends all event streams. */
    public void closeStreams() {
        desk.streams().closeAll();
    }

    /** Puts faults in force, behind those that are. */
    public void fault(Fault... faults) {
        desk.faults().add(faults);
    }

    /** The faults in force and how often each hit. */
    public List<Faults.Active> faults() {
        return desk.faults().list();
    }

    /** Ends all faults and outages. */
    public void clearFaults() {
        desk.faults().clear();
    }

    /** Cuts every call of the contract for a while and ends the open streams. */
    public void outage(Duration duration) {
        control.outage(duration);
    }

    /** Ends all streams and stops both listeners. */
    @Override
    public void close() {
        desk.streams().closeAll();
        http.close();
        https.close();
    }
}
