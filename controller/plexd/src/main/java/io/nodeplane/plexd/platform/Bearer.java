package io.nodeplane.plexd.platform;

import io.nodeplane.plexd.http.ApiRequest;
import io.nodeplane.plexd.identity.Identity;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * The credential of a registered node: {@code nsk_<env>_<payload>}, the payload being unpadded base64url of the 16 bytes of
 * the node id and the 32 of the node secret key (protocol facts 2.7).
 */
final class Bearer {
    /** Any word will do: the verifier splits at the first two underscores and looks at the payload only. */
    private static final String ENVIRONMENT = "plexd";

    private static final int ID_BYTES = 16;

    private Bearer() {}

    static ApiRequest.Credential of(Identity identity) {
        var id = UUID.fromString(identity.nodeId().value());
        var key = identity.secretKey().bytes();
        var payload = ByteBuffer.allocate(ID_BYTES + key.length)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(key);
        return new ApiRequest.Credential.Bearer("nsk_" + ENVIRONMENT + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.array()));
    }
}
