package io.nodeplane.plexd.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.Problem;
import io.nodeplane.plexd.identity.Identity;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.runtime.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrarTest {
    private static final Registrations.Request REQUEST = new Registrations.Request(
            new BootstrapToken("sesame"),
            "host",
            "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=",
            Map.of(),
            new UUID(1, 2));
    private static final Identity IDENTITY = new Identity(
            new NodeId("n-1"),
            "10.99.0.2",
            new SigningKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
            new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));

    private final InMemoryRegistrations registrations = new InMemoryRegistrations(IDENTITY);
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    @Test
    void doublesTheDelayWhileTheControlPlaneIsAway() throws Exception {
        registrations
                .failing(new ApiException.Unreachable("connection refused", null))
                .failing(new ApiException.ServerFault(503, "503"))
                .failing(new ApiException.Unreachable("timed out", null));

        assertEquals(IDENTITY, registrar().register(REQUEST));
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), pauses);
        assertEquals(List.of(REQUEST, REQUEST, REQUEST, REQUEST), registrations.requests());
    }

    @Test
    void honoursTheServersWishForAPause() throws Exception {
        registrations
                .failing(new ApiException.RateLimited(Duration.ofSeconds(17), "429"))
                .failing(new ApiException.RateLimited(null, "429"));

        registrar().register(REQUEST);

        assertEquals(List.of(Duration.ofSeconds(17), Duration.ofSeconds(2)), pauses);
    }

    @ParameterizedTest
    @MethodSource
    void stopsAtOnceAtAFinalAnswer(ApiException answer) {
        registrations.failing(answer);

        var told = assertThrows(RegistrationFailed.class, () -> registrar().register(REQUEST));
        assertEquals("registration was refused: " + answer.getMessage(), told.getMessage());
        assertEquals(1, registrations.requests().size());
        assertEquals(List.of(), pauses);
    }

    static Stream<ApiException> stopsAtOnceAtAFinalAnswer() {
        return Stream.of(
                new ApiException.Unauthorized("POST /v1/register: 401"),
                new ApiException.Rejected(409, "POST /v1/register: 409"),
                new ApiException.Rejected(403, "POST /v1/register: 403"),
                new ApiException.Rejected(
                        404, "POST /v1/register: 404", new Problem("resource_not_found", "", "no such resource")));
    }

    @ParameterizedTest
    @MethodSource
    void saysWhereToLookWhenItIsNotUnderstood(ApiException answer) {
        registrations.failing(answer);

        var told = String.valueOf(
                assertThrows(RegistrationFailed.class, () -> registrar().register(REQUEST))
                        .getMessage());

        assertTrue(told.endsWith("; the control plane may speak another contract than this node (api.contract)"), told);
    }

    static Stream<ApiException> saysWhereToLookWhenItIsNotUnderstood() {
        return Stream.of(
                new ApiException.Rejected(400, "POST /v1/register: 400"),
                new ApiException.Rejected(404, "POST /v1/register: 404"),
                new ApiException.Rejected(422, "POST /v1/register: 422"),
                new ApiException.Malformed("POST /v1/register: member nsk is missing", null));
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        for (var i = 0; i < 100; i++) {
            registrations.failing(new ApiException.Unreachable("connection refused", null));
        }

        var told = String.valueOf(
                assertThrows(RegistrationFailed.class, () -> registrar().register(REQUEST))
                        .getMessage());

        assertTrue(
                told.contains("within registration.max_retry_duration (300 s, 10 attempts): connection refused"), told);
        assertTrue(Duration.between(Instant.EPOCH, now).compareTo(Duration.ofMinutes(5)) <= 0, now.toString());
    }

    @Test
    void doesNotWaitLongerThanItsTimeForARateLimit() {
        registrations.failing(new ApiException.RateLimited(Duration.ofHours(1), "429"));

        assertThrows(RegistrationFailed.class, () -> registrar().register(REQUEST));
        assertEquals(List.of(), pauses);
    }

    private Registrar registrar() {
        var exact = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 0);
        return new Registrar(
                registrations,
                new Registrar.Patience(exact, Duration.ofMinutes(5), () -> now, this::pass, new Random(1)));
    }

    private void pass(Duration pause) {
        pauses.add(pause);
        now = now.plus(pause);
    }
}
