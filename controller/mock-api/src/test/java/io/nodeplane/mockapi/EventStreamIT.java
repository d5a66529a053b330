package io.nodeplane.mockapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event streams over real sockets. */
@Timeout(60)
final class EventStreamIT {
    private static final String EVENT =
            "{\"event_type\":\"policy_updated\",\"event_id\":\"e-1\",\"nonce\":\"n-1\",\"payload\":{ \"a\" : 1.50 }}";

    private final MockApi api = MockApi.start(MockApiConfig.loopback().keepAlive(Duration.ofMillis(300)));
    private @Nullable Client client;
    private @Nullable BufferedReader reader;

    @BeforeEach
    void opens() throws Exception {
        client = new Client(api);
        var stream = client.stream(api.uri(), "/v1/nodes/n-7/events");
        reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    @AfterEach
    void closes() {
        if (client != null) {
            client.close();
        }
        api.close();
    }

    private @Nullable String line() throws IOException {
        return reader == null ? null : reader.readLine();
    }

    /** The lines of the next frame that is not a comment. */
    private List<String> frame() throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(); line != null && !line.isEmpty(); line = line()) {
            if (!line.startsWith(":")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static JsonNode data(List<String> frame) {
        return Json.known(frame.get(2).substring("data: ".length()));
    }

    /** True when the platform's own Ed25519 accepts the signature over the data line without its signature. */
    private boolean isSigned(List<String> frame) throws Exception {
        var line = frame.get(2).substring("data: ".length());
        int cut = line.lastIndexOf(",\"signature\":");
        var state = Json.known(api.state());
        var raw = Base64.getDecoder().decode(state.at("/signing_keys/current").asText());
        var prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        var spki = new byte[prefix.length + raw.length];
        System.arraycopy(prefix, 0, spki, 0, prefix.length);
        System.arraycopy(raw, 0, spki, prefix.length, raw.length);
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        verifier.update((line.substring(0, cut) + "}").getBytes(StandardCharsets.UTF_8));
        return verifier.verify(
                Base64.getDecoder().decode(data(frame).get("signature").asText()));
    }

    @Test
    void theFirstFrameIsTheHelloEvent() throws Exception {
        var hello = frame();

        assertEquals("id: evt-mock-001", hello.get(0));
        assertEquals("event: node_state_updated", hello.get(1));
        assertEquals(Json.known("{\"node_id\":\"n-7\"}"), data(hello).get("payload"));
        assertTrue(isSigned(hello));
    }

    @Test
    void anInjectedEventIsStampedSignedAndSent() throws Exception {
        frame();
        api.inject(EVENT);

        var event = frame();

        assertEquals("id: e-1", event.get(0));
        assertEquals("event: policy_updated", event.get(1));
        assertTrue(event.get(2).contains("\"payload\":{\"a\":1.50}"), event.get(2));
        var age = Duration.between(Instant.parse(data(event).get("issued_at").asText()), Instant.now());
        assertTrue(age.abs().toSeconds() < 60, age.toString());
        assertTrue(isSigned(event));
        assertEquals(1, api.count("inject_event"));
    }

    @Test
    void staleAndForgedEventsCanBeSent() throws Exception {
        frame();
        var old = EVENT.replace("\"nonce\"", "\"issued_at\":\"2020-01-01T00:00:00Z\",\"signature\":\"AAAA\",\"nonce\"");

        api.inject(old, Set.of("issued_at"));
        var stale = frame();
        api.inject(old, Set.of("issued_at", "signature"));
        var forged = frame();

        assertEquals("2020-01-01T00:00:00Z", data(stale).get("issued_at").asText());
        assertTrue(isSigned(stale));
        assertEquals("AAAA", data(forged).get("signature").asText());
    }

    @Test
    void rawFramesAreSentAsTheyAre() throws Exception {
        frame();
        api.injectFrame("data: broken\n\n");

        assertEquals(List.of("data: broken"), frame());
    }

    @Test
    void anIdleStreamGetsComments() throws Exception {
        frame();

        assertEquals(": keep-alive", line());
        assertEquals(": keep-alive", line());
    }

    @Test
    void streamsEndOnDemandAndAtAnOutage() throws Exception {
        frame();
        assertEquals(1, api.openStreams());

        api.outage(Duration.ofMinutes(1));

        var last = line();
        while (last != null && last.startsWith(":")) {
            last = line();
        }
        assertNull(last);
    }

    @Test
    void aFullQueueDropsEventsInsteadOfWaiting() throws Exception {
        frame();
        for (int i = 0; i < 2_000; i++) {
            api.inject(EVENT);
        }

        assertEquals(2_000, api.count("inject_event"));
        assertEquals("id: e-1", frame().get(0));
    }
}
