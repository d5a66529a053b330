package io.nodeplane.plexd.nodeapi.access;

import io.nodeplane.plexd.tokenreview.AuthenticationFailed;
import io.nodeplane.plexd.tokenreview.TokenReviewAuthenticator;
import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP: a bearer that is the content of the token file, or a token that the API server knows. Whatever is wrong, the answer is
 * the same; the reason stands in the agent's log at debug, without the token.
 */
public final class BearerDoor implements Door {
    private static final Logger LOG = LoggerFactory.getLogger(BearerDoor.class);
    private static final String SCHEME = "Bearer ";

    private final Optional<TokenFile> file;
    private final Optional<TokenReviewAuthenticator> authenticator;

    /** With neither nobody gets in. */
    public BearerDoor(Optional<TokenFile> file, Optional<TokenReviewAuthenticator> authenticator) {
        this.file = file;
        this.authenticator = authenticator;
    }

    @Override
    public Caller admit(HttpRequest request) throws RefusedRequest {
        var token = bearer(request.head().header("authorization").orElse(""));
        if (token.isEmpty()) {
            throw refused("no bearer");
        }
        if (file.isPresent() && file.get().matches(token)) {
            return new Caller.TokenHolder();
        }
        if (authenticator.isEmpty()) {
            throw refused("not the token of the file");
        }
        try {
            return new Caller.Account(authenticator.get().authenticate(token));
        } catch (AuthenticationFailed failed) {
            throw refused(String.valueOf(failed.getMessage()));
        }
    }

    /** The scheme's case does not count (RFC 9110 section 11.1). */
    private static String bearer(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    private static RefusedRequest refused(String reason) {
        LOG.atDebug().addKeyValue("reason", reason).log("caller of the node API is not let in");
        return new RefusedRequest(401, "unauthorized", Map.of("WWW-Authenticate", "Bearer"));
    }
}
