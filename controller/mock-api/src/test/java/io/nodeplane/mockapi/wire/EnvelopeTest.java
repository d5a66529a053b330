package io.nodeplane.mockapi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeTest {
    private static final String RECEIVED = """
            {"event_type":"action_request","event_id":"evt-1","issued_at":"2026-02-20T12:00:00.120000Z","nonce":"n-1",
             "payload":{ "execution_id": "e-1", "note":"a<b>&c", "n":1.50 }, "extra": [1]}""";

    /** Facts 0.4, vector 4. */
    private static final String CANONICAL =
            "{\"event_type\":\"action_request\",\"event_id\":\"evt-1\",\"issued_at\":\"2026-02-20T12:00:00.12Z\","
                    + "\"nonce\":\"n-1\",\"payload\":{\"execution_id\":\"e-1\",\"note\":\"a\\u003cb\\u003e\\u0026c\","
                    + "\"n\":1.50}}";

    private static final String SIGNATURE =
            "0ookLxAyqDU4vKjvcDyPtKAAqI+SN+EGkONuaVTfNla7SJ1N6ulIQN9SRhAsel47GzycKRlyogMSjgdPDtt0Bg==";

    private static Envelope parse(String json) throws IOException {
        return Envelope.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Facts 0.4, vector 4: seed 00..1f and its public key. */
    private static EventSigner vectorSigner() throws Exception {
        var seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        var factory = KeyFactory.getInstance("Ed25519");
        var spki = Base64.getDecoder().decode("MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=");
        return new EventSigner(new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(spki)),
                factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed))));
    }

    @Test
    void canonicalBytesAreThoseOfTheVector() throws Exception {
        var canonical = parse(RECEIVED).canonical();

        assertEquals(CANONICAL, canonical);
        assertEquals(175, canonical.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void signatureIsThatOfTheVector() throws Exception {
        var signer = vectorSigner();

        assertEquals("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", signer.publicKey());
        assertEquals(SIGNATURE, signer.sign(parse(RECEIVED)).signature());
    }

    @Test
    void frameHasIdEventDataAndABlankLine() throws Exception {
        var event = parse("{\"event_type\":\"t\",\"event_id\":\"e\\n1\",\"issued_at\":\"2026-01-01T00:00:00Z\","
                + "\"nonce\":\"n\",\"payload\":[\n1\n],\"signature\":\"s\"}");

        assertEquals(
                "id: e 1\nevent: t\ndata: {\"event_type\":\"t\",\"event_id\":\"e\\n1\","
                        + "\"issued_at\":\"2026-01-01T00:00:00Z\",\"nonce\":\"n\",\"payload\":[1],\"signature\":\"s\"}\n\n",
                new String(event.frame(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "-1.50e3", "\"text <\"", "[]", "{\"a\":{}}"})
    void payloadKeepsItsText(String payload) throws IOException {
        assertEquals(
                payload,
                parse("{ \"payload\" : " + payload + " , \"nonce\":\"n\"}").payload());
    }

    @Test
    void absentPayloadIsNull() throws IOException {
        assertEquals("null", parse("{\"event_id\":\"e\"}").payload());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"event_id\":1}", "{\"payload\":", "not json"})
    void refusesWhatIsNoEnvelope(String json) {
        assertThrows(IOException.class, () -> parse(json));
    }
}
