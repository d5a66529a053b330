package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.wire.CannedApi;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vectors of the protocol facts 0.4 that concern the platform's contract. */
class VectorsTest {
    @Test
    void opensTheSecretOfVectorTwo() throws Exception {
        var body = Base64.getDecoder().decode("AAECAwQFBgcICQoLbyIZil901kf9cOlBSLCnhRPlqVYr2MLGPJRHIUwP7x+kxYBN34E=");
        var api = new CannedApi(body, Map.of("X-Plexsphere-Secret-Version", List.of("3")));
        var contract = new PlatformContract(
                api,
                (segments, lastEventId, credential) -> {
                    throw new AssertionError("no stream here");
                },
                Samples.IDENTITY,
                "0.1.0",
                Clock.systemUTC());

        var sealed = contract.fetch("local-bearer-token");

        assertEquals(3, sealed.version());
        assertEquals(
                "e2e-local-bearer-token",
                new SecretOpener(Samples.IDENTITY.secretKey()).open("local-bearer-token", sealed));
        assertEquals("application/octet-stream", api.last().headers().get("Accept"));
    }

    @Test
    void speaksWithTheBearerOfVectorThree() {
        assertEquals(
                new ApiRequest.Credential.Bearer(
                        "nsk_plexd_AZCouKDAegqKCqCgoKCgowABAgMEBQYHCAkKCwwNDg-AkaKzxNXm9_jp2su8rZ6P"),
                Bearer.of(Samples.IDENTITY));
    }

    @Test
    void rebuildsTheSignedBytesOfVectorFive() throws Exception {
        var received = """
            {"signature": "kE4BlHbbyGN+haxuUyIKosIQn0ueqKkcB3N9OU50XPDBzpgR5ASkIUFH7U6SmwyXtuckD+siY9xvz3ikBYY3DA==",
             "id": "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0ff", "type": "policy_updated", "scope": "node",
             "key_id": "did:web:plexsphere.com#key-e2e", "issued_at": "2026-02-20T12:00:00.000Z"}
            """;

        var event = new PlatformEvents(new Curiosities()).envelope(received.getBytes(UTF_8));

        assertEquals(
                "{\"id\":\"0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0ff\",\"type\":\"policy_updated\",\"scope\":\"node\","
                        + "\"key_id\":\"did:web:plexsphere.com#key-e2e\",\"issued_at\":\"2026-02-20T12:00:00Z\","
                        + "\"payload\":null}",
                new String(event.signed(), UTF_8));
        assertEquals(176, event.signed().length);
        assertEquals(Samples.KEY_ID, event.keyId());
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(new SigningKey(Samples.SIGNING_KEY).publicKey());
        signature.update(event.signed());
        assertTrue(signature.verify(event.signature()));
    }
}
