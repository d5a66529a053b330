package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.seed.SeedContract;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Fuzz target: any bytes as payload are refused, or signed over the form that a second implementation of the rules gives; and
 * the signed form is its own signed form.
 */
public final class CanonicalTarget {
    private static final SeedContract CODEC = new SeedContract(
            request -> Material.reply(new byte[0]),
            (segments, id, credential) -> InputStream.nullInputStream(),
            new NodeId("n"),
            new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));

    private CanonicalTarget() {}

    public static void fuzzerTestOneInput(byte[] payload) {
        var event = Material.concat(
                "{\"event_type\":\"t\",\"event_id\":\"e\",\"issued_at\":\"2026-02-20T12:00:00.120000Z\",\"nonce\":\"n\",\"payload\":"
                        .getBytes(UTF_8),
                payload,
                "}".getBytes(UTF_8));
        try {
            var received = CODEC.envelope(event);
            if (!Arrays.equals(received.payload(), payload(payload))) {
                // The bytes closed the payload themselves and brought members of their own.
                return;
            }
            var signed = received.signed();
            mustEqual(
                    GoReference.canonical(
                            "t", "e", "2026-02-20T12:00:00.12Z", "n", new String(received.payload(), UTF_8)),
                    signed);
            mustEqual(signed, CODEC.envelope(signed).signed());
        } catch (ApiException.Malformed refused) {
            return;
        }
    }

    private static byte[] payload(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replaceAll("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$", "")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static void mustEqual(byte[] wanted, byte[] got) {
        if (!Arrays.equals(wanted, got)) {
            throw new IllegalStateException("wanted " + new String(wanted, UTF_8) + ", got " + new String(got, UTF_8));
        }
    }
}
