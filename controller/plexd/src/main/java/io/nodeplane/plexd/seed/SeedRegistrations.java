package io.nodeplane.plexd.seed;

import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.wire.JsonBody;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /v1/register} of the seeds' contract (protocol facts 2.3). The answer is checked member by member before
 * anything of it is handed on, so that no half identity is ever stored. Thread-safe.
 */
public final class SeedRegistrations implements Registrations {
    private static final Map<String, JsonReader.Value<?>> MEMBERS = Map.of(
            "node_id", JsonReader::text,
            "mesh_ip", JsonReader::text,
            "signing_public_key", JsonReader::text,
            "node_secret_key", JsonReader::text);

    private final ApiClient client;

    public SeedRegistrations(ApiClient client) {
        this.client = client;
    }

    @Override
    public Identity register(Request request) throws ApiException, InterruptedException {
        var body = JsonBody.object(out -> {
            out.writeStringField("token", request.token().value());
            out.writeStringField("public_key", request.publicKey());
            out.writeStringField("hostname", request.hostname());
            if (!request.metadata().isEmpty()) {
                JsonBody.writeTexts("metadata", request.metadata(), out);
            }
        });
        var answer = client.send(new ApiRequest(
                "POST",
                List.of("v1", "register"),
                Optional.of(new ApiRequest.Body(body)),
                new ApiRequest.Credential.Bearer(request.token().value())));
        return JsonReader.document("register", answer, SeedRegistrations::identity);
    }

    private static Identity identity(JsonReader in) throws IOException {
        var fields = in.fields(MEMBERS);
        return new Identity(
                fields.value("node_id", NodeId::new),
                fields.ipv4("mesh_ip"),
                fields.value("signing_public_key", SeedRegistrations::signingKey),
                fields.value("node_secret_key", SeedRegistrations::secretKey));
    }

    /** Also tried as a key: 32 bytes may still be no point of the curve. */
    private static SigningKey signingKey(String text) {
        var key = new SigningKey(text);
        var _ = key.publicKey();
        return key;
    }

    /** The key is sent verbatim in a header, so it must fit one (RFC 9110, section 5.5). */
    private static NodeSecretKey secretKey(String text) {
        if (text.chars().anyMatch(c -> c <= 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException("node secret key must be printable ASCII without spaces");
        }
        return new NodeSecretKey(text);
    }
}
