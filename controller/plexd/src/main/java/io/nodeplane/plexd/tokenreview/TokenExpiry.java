package io.nodeplane.plexd.tokenreview;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** When a JSON Web Token ends by its own word (RFC 7519, claim {@code exp}); looked at only after the API server took it. */
final class TokenExpiry {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TokenExpiry() {}

    /** Empty for a token of another kind. */
    static Optional<Instant> of(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var expiry =
                    MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
            return expiry.isNumber() ? Optional.of(Instant.ofEpochSecond(expiry.longValue())) : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException notJson) {
            return Optional.empty();
        }
    }
}
