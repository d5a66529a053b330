package io.nodeplane.plexd.platform;

import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.identity.WireContract;
import io.nodeplane.plexd.registration.Registrations;
import io.nodeplane.plexd.registration.ResourceClaim;
import io.nodeplane.plexd.wire.Fields;
import io.nodeplane.plexd.wire.JsonBody;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/register} of the platform (protocol facts 2.3, column C): no bearer, one nonce for all attempts, and an
 * answer that is checked member by member before anything of it is handed on. Thread-safe.
 */
public final class PlatformRegistrations implements Registrations {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformRegistrations.class);

    /** {@code psb_<env>_<project>_<kind>_<random>}. */
    private static final Pattern TOKEN = Pattern.compile("psb_[a-z]+_[a-z2-7]+_(node|bridge)_[a-z2-7]{20,}");

    private static final Map<String, JsonReader.Value<?>> MEMBERS = Map.of(
            "node_id", JsonReader::text,
            "mesh_ip", JsonReader::text,
            "signing_public_key", JsonReader::text,
            "signing_key_id", JsonReader::text,
            "nsk", JsonReader::text,
            "domain_mesh_cidr", JsonReader::text);
    private static final int BASE64_OF_32_BYTES = 44;

    private final ApiClient client;
    private final ResourceClaim claim;

    /** Registers for one resource of one project. */
    public PlatformRegistrations(ApiClient client, ResourceClaim claim) {
        this.client = client;
        this.claim = claim;
    }

    @Override
    public Identity register(Request request) throws ApiException, InterruptedException {
        if (!TOKEN.matcher(request.token().value()).matches()) {
            LOG.atWarn().log("bootstrap token does not look like psb_<env>_<project>_<kind>_<random>");
        }
        try {
            var answer = client.send(new ApiRequest(
                    "POST",
                    List.of("v1", "register"),
                    Optional.of(ApiRequest.Body.plain(body(request))),
                    new ApiRequest.Credential.None()));
            return JsonReader.document("register", answer, PlatformRegistrations::identity);
        } catch (ApiException.Rejected refused) {
            throw explained(refused);
        }
    }

    private byte[] body(Request request) {
        return JsonBody.object(out -> {
            out.writeStringField("project_id", claim.projectId());
            out.writeStringField("resource_handle", claim.resourceHandle());
            out.writeStringField("bootstrap_token", request.token().value());
            out.writeStringField("nonce", request.nonce().toString());
            out.writeStringField("public_key", request.publicKey());
            if (!claim.requestedResourceId().isEmpty()) {
                out.writeStringField("requested_resource_id", claim.requestedResourceId());
            }
        });
    }

    /** A lost answer cannot be had again: the token is spent, and only a person can help (protocol facts 2.3, caveat). */
    private static ApiException.Rejected explained(ApiException.Rejected refused) {
        if (!refused.has("token_consumed") && !refused.has("nonce_collision")) {
            return refused;
        }
        return new ApiException.Rejected(
                refused.status(),
                refused.getMessage()
                        + "; the token has been used: either by another node, or by this one whose answer was lost on the"
                        + " way and cannot be asked for again. Issue a new bootstrap token",
                refused.problem());
    }

    private static Identity identity(JsonReader in) throws IOException {
        var fields = in.fields(MEMBERS);
        try {
            return new Identity(
                    fields.value("node_id", NodeId::new),
                    fields.ipv4("mesh_ip"),
                    signingKey(fields),
                    fields.value("nsk", PlatformRegistrations::secretKey),
                    WireContract.V1_2026,
                    fields.text("domain_mesh_cidr"));
        } catch (IllegalArgumentException wrong) {
            throw in.fault("member node_id: " + wrong.getMessage());
        }
    }

    /** Also tried as a key: 32 bytes may still be no point of the curve. */
    private static SigningKey signingKey(Fields fields) throws IOException {
        var id = fields.required("signing_key_id");
        return fields.value("signing_public_key", text -> {
            var key = new SigningKey(id, text);
            var _ = key.publicKey();
            return key;
        });
    }

    private static NodeSecretKey secretKey(String text) {
        if (text.length() != BASE64_OF_32_BYTES) {
            throw new IllegalArgumentException("node secret key must be base64 of 32 bytes");
        }
        return new NodeSecretKey(text);
    }
}
