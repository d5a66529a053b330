package io.nodeplane.mockapi.platform;

import static io.nodeplane.mockapi.http.Answer.json;
import static io.nodeplane.mockapi.http.Answer.noContent;

import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Rfc3339;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The routes of a node under {@code /v1}: life, state, events, secrets, keys. SOURCE: facts 3.4 and 10.3. */
public final class PlatformRoutes {
    static final String NODE = "/v1/nodes/{id}/";

    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=");
    private static final Pattern SECRET = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Duration MOST_SKEW = Duration.ofSeconds(60);
    private static final int KEY_BYTES = 32;
    private static final int KIBI = 1024;

    private final PlatformDesk desk;
    private final PlatformGate gate;
    private final Registering registering;
    private final SecureRandom random = new SecureRandom();

    /** Routes over the given desk. */
    public PlatformRoutes(PlatformDesk desk) {
        this.desk = desk;
        this.gate = new PlatformGate(desk.shared());
        this.registering = new Registering(desk);
    }

    /** All routes under {@code /v1}, the place for outputs, and the releases. */
    public List<Route> all() {
        var life = List.of(
                new Route("GET", "/v1/health", (request, names) -> health()),
                new Route("POST", "/v1/register", (request, names) -> registering.register(request)),
                new Route("POST", "/v1/keys/rotate", this::rotate),
                new Route("POST", NODE + "heartbeat", this::heartbeat),
                new Route("GET", NODE + "state", this::state),
                new Route("GET", NODE + "events", this::events),
                new Route("GET", NODE + "secrets/{key}", this::secret),
                new Route("GET", NODE + "peers/{peer}/psk", this::psk));
        return Stream.of(
                        life,
                        new TellRoutes(desk, gate).all(),
                        new IngestRoutes(desk, gate).all(),
                        new Releases().all())
                .flatMap(List::stream)
                .toList();
    }

    private static Answer health() {
        return json(
                Json.known("{\"status\":\"ok\",\"checks\":[{\"name\":\"mock\",\"status\":\"ok\",\"detail\":\"\"}]}"));
    }

    private Answer heartbeat(Request request, Map<String, String> names) {
        var node = enter(request, names, "heartbeat");
        var body = PlatformGate.decoded(request, PlatformShapes.HEARTBEAT, "malformed_heartbeat_request");
        var now = desk.shared().clock().instant();
        var clientNow = Rfc3339.parse(body.path("client_now").asText()).toInstant();
        var checksum = body.path("binary_checksum").asText();
        if (checksum.isEmpty()) {
            throw Problem.of(400, "binary_checksum_empty", "binary_checksum: empty");
        }
        if (!CHECKSUM.matcher(checksum).matches()) {
            throw Problem.of(400, "malformed_heartbeat_request", "binary_checksum: expected 64 hex digits or base64");
        }
        if (body.path("binary_version").asText().isEmpty()) {
            throw Problem.of(400, "binary_version_empty", "binary_version: empty");
        }
        if (Duration.between(clientNow, now).abs().compareTo(MOST_SKEW) > 0) {
            throw Problem.of(400, "clock_skew", "client_now: more than 60 s from " + now);
        }
        desk.count(node, "heartbeat");
        return json(Json.object()
                .put("accepted_at", time())
                .put(
                        "reconcile",
                        desk.shared().fixture().heartbeat().path("reconcile").asBoolean())
                .put("rotate_keys", desk.rotations().isDue(node)));
    }

    private Answer state(Request request, Map<String, String> names) {
        var node = enter(request, names, "state");
        desk.count(node, "state");
        var state = desk.fixture().state();
        state.set("executions", desk.executions().pending(node));
        return json(state);
    }

    private Answer events(Request request, Map<String, String> names) {
        desk.shared().counters().raise("events_request");
        var node = enter(request, names, "events");
        return desk.events().open(node, request.header("last-event-id"));
    }

    private Answer secret(Request request, Map<String, String> names) {
        var node = enter(request, names, "secrets");
        try {
            desk.fixture().admitSecret();
        } catch (Problem tooMany) {
            desk.count(node, "secrets_rate_limited");
            throw tooMany;
        }
        if (!SECRET.matcher(names.getOrDefault("key", "")).matches()) {
            throw Problem.of(404, "secret_not_found", "name: no secret has such a name");
        }
        var current =
                Math.max(desk.fixture().secretVersion(), desk.shared().fixture().secretVersion());
        var version = version(request, current);
        desk.count(node, "secrets");
        return octets(
                Nsk.sealed(desk.shared().fixture().localBearer(), random),
                Map.of(
                        "X-Plexsphere-Secret-Version",
                        String.valueOf(version),
                        "X-Plexsphere-Secret-KID",
                        Nsk.KID,
                        "Cache-Control",
                        "no-store"));
    }

    private static int version(Request request, int current) {
        var text = request.parameter("version").orElse(String.valueOf(current));
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw Problem.of(400, "invalid_version", "version: expected a number of at least 1");
        }
        var version = Integer.parseInt(text);
        if (version > current) {
            throw Problem.of(404, "secret_version_not_found", "version: the newest is " + current);
        }
        return version;
    }

    private Answer psk(Request request, Map<String, String> names) {
        enter(request, names, "psk");
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return octets(Nsk.sealed(key, random), Map.of("X-Plexsphere-PSK-KID", Nsk.KID, "X-Plexsphere-PSK-Epoch", "1"));
    }

    private Answer rotate(Request request, Map<String, String> names) {
        var node = enter(request, names, "key_rotate");
        var body = PlatformGate.decoded(
                request,
                PlatformShapes.KEY_ROTATE,
                "malformed_keys_rotate_request",
                4 * KIBI,
                "keys_rotate_body_too_large");
        var key = body.path("new_public_key").asText();
        if (!isKey(key)) {
            throw Problem.of(422, "keys_rotate_public_key_invalid", "new_public_key: expected base64 of 32 bytes");
        }
        var receipt = desk.rotations().take(node, key);
        desk.count(node, "key_rotate");
        return json(receipt);
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Checks who calls and keeps the request, before its body is looked at. */
    private String enter(Request request, Map<String, String> names, String captureName) {
        var node = gate.admit(request, names);
        desk.shared().captures().keep(captureName, node, request);
        return node;
    }

    private String time() {
        return Rfc3339.format(desk.shared().clock().instant().atOffset(ZoneOffset.UTC));
    }

    private static Answer octets(byte[] bytes, Map<String, String> headers) {
        var all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/octet-stream");
        return new Answer.Reply(200, all, Body.of(bytes));
    }

    /** The answer of compatible mode, which says less. */
    static Answer orNothing(Mode mode, Answer answer) {
        return mode == Mode.COMPAT ? noContent() : answer;
    }
}
