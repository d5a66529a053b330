package io.nodeplane.plexd.tokenreview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every row of the seed's table (seed "TokenReviewAuthenticator", Authenticate), and what is remembered. */
class TokenReviewAuthenticatorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final InMemoryTokenReviews reviews = new InMemoryTokenReviews();
    private Instant now = START;

    @Test
    void emptyToken() {
        assertEquals("kubernetes: authenticate: empty token", failure("", List.of()));
        assertEquals(0, reviews.asked.get());
    }

    @Test
    void clientError() {
        reviews.away = true;

        assertEquals("kubernetes: authenticate: review failed", failure("token", List.of()));
    }

    @Test
    void notAuthenticated() {
        reviews.tokens.put("token", new TokenReviewResult(false, "", "", List.of(), List.of()));

        assertEquals("kubernetes: authenticate: token not authenticated", failure("token", List.of()));
    }

    @Test
    void audienceMismatch() {
        know("token", "plexd");
        reviews.knowsNoAudiences = true;

        assertEquals("kubernetes: authenticate: audience mismatch", failure("token", List.of("plexd")));
    }

    @Test
    void success() throws AuthenticationFailed {
        know("token", "plexd");

        var result = authenticator(List.of("other", "plexd")).authenticate("token");

        assertEquals(new TokenReviewResult(true, "reader", "uid-1", List.of("readers"), List.of("plexd")), result);
    }

    @Test
    void successWithoutAudiences() throws AuthenticationFailed {
        know("token", InMemoryTokenReviews.OWN_AUDIENCE);

        assertEquals("reader", authenticator(List.of()).authenticate("token").username());
    }

    @Test
    void sendsItsAudiencesAlong() {
        know("token", InMemoryTokenReviews.OWN_AUDIENCE);

        assertEquals("kubernetes: authenticate: review failed", failure("token", List.of("plexd")));
    }

    @Test
    void asksOnceInAMinute() throws AuthenticationFailed {
        know("token", InMemoryTokenReviews.OWN_AUDIENCE);
        var authenticator = authenticator(List.of());

        authenticator.authenticate("token");
        now = START.plusSeconds(59);
        authenticator.authenticate("token");
        assertEquals(1, reviews.asked.get());

        now = START.plusSeconds(60);
        authenticator.authenticate("token");
        assertEquals(2, reviews.asked.get());
    }

    @Test
    void neverRemembersATokenBeyondItsEnd() throws AuthenticationFailed {
        var token = jsonWebToken("{\"exp\": " + START.plusSeconds(10).getEpochSecond() + "}");
        know(token, InMemoryTokenReviews.OWN_AUDIENCE);
        var authenticator = authenticator(List.of());
        authenticator.authenticate(token);

        now = START.plusSeconds(9);
        authenticator.authenticate(token);
        assertEquals(1, reviews.asked.get());

        now = START.plusSeconds(10);
        reviews.tokens.clear();
        assertThrows(AuthenticationFailed.class, () -> authenticator.authenticate(token));
    }

    @Test
    void remembersNoRefusal() throws AuthenticationFailed {
        var authenticator = authenticator(List.of());
        assertThrows(AuthenticationFailed.class, () -> authenticator.authenticate("token"));

        know("token", InMemoryTokenReviews.OWN_AUDIENCE);

        assertEquals("reader", authenticator.authenticate("token").username());
    }

    @Test
    void tellsNothingOfTheToken() {
        reviews.away = true;

        assertFalse(failure("secret-token", List.of()).contains("secret-token"));
    }

    private String failure(String token, List<String> audiences) {
        return String.valueOf(assertThrows(
                        AuthenticationFailed.class,
                        () -> authenticator(audiences).authenticate(token))
                .getMessage());
    }

    private TokenReviewAuthenticator authenticator(List<String> audiences) {
        return new TokenReviewAuthenticator(reviews, audiences, () -> now);
    }

    private void know(String token, String audience) {
        reviews.tokens.put(
                token, new TokenReviewResult(true, "reader", "uid-1", List.of("readers"), List.of(audience)));
    }

    private static String jsonWebToken(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return "e30." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }
}
