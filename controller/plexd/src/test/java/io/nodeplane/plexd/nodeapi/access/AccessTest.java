package io.nodeplane.plexd.nodeapi.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.tokenreview.AccessReviews;
import io.nodeplane.plexd.tokenreview.AccessReviews.Deed;
import io.nodeplane.plexd.tokenreview.TokenReviewAuthenticator;
import io.nodeplane.plexd.tokenreview.TokenReviewResult;
import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;
import io.nodeplane.runtime.http.RequestHead;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, and who may do what. */
class AccessTest {
    private static final TokenReviewResult READER =
            new TokenReviewResult(true, "system:serviceaccount:a:reader", "u", List.of(), List.of());

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "Bearer sesame,true",
        "bEaReR sesame,true",
        "Bearer  sesame ,true",
        "Bearer other,false",
        "Basic sesame,false",
        "sesame,false",
        "Bearer,false",
        "Bearer sesam,false",
        "Bearer sesame2,false",
        "'',false"
    })
    void aBearerOpensByTheTokenFile(String header, boolean opens) throws Exception {
        var file = Files.writeString(directory.resolve("token"), "  sesame\n");
        var door = new BearerDoor(Optional.of(new TokenFile(file)), Optional.empty());

        if (opens) {
            assertInstanceOf(Caller.TokenHolder.class, door.admit(request(header)));
            return;
        }
        var refused = assertThrows(RefusedRequest.class, () -> door.admit(request(header)));
        assertEquals("401 unauthorized", refused.status() + " " + refused.reason());
        assertEquals(Map.of("WWW-Authenticate", "Bearer"), refused.headers());
    }

    @Test
    void aTokenFileIsReadAtEachUseAndAnEmptyOneOpensToNobody() throws Exception {
        var path = directory.resolve("token");
        var file = new TokenFile(path);
        var door = new BearerDoor(Optional.of(file), Optional.empty());

        assertFalse(file.isUsable());
        Files.writeString(path, " \n");
        assertThrows(RefusedRequest.class, () -> door.admit(request("Bearer ")));
        Files.writeString(path, "first");
        assertInstanceOf(Caller.TokenHolder.class, door.admit(request("Bearer first")));
        Files.writeString(path, "second");
        assertThrows(RefusedRequest.class, () -> door.admit(request("Bearer first")));
        assertTrue(file.isUsable());
    }

    @Test
    void theApiServerKnowsTheOthers() throws Exception {
        var authenticator = new TokenReviewAuthenticator(AccessTest::review, List.of(), InstantSource.system());
        var door = new BearerDoor(Optional.empty(), Optional.of(authenticator));

        assertEquals(new Caller.Account(READER), door.admit(request("Bearer known")));
        assertThrows(RefusedRequest.class, () -> door.admit(request("Bearer unknown")));
        assertThrows(RefusedRequest.class, () -> door.admit(request("")));
    }

    private static TokenReviewResult review(String token, List<String> audiences) throws ClusterFault {
        if (token.equals("known")) {
            return READER;
        }
        throw new ClusterFault(ClusterFault.Kind.REFUSED, "invalid", null);
    }

    @Test
    void anAccountMayWhatTheApiServerSays() {
        AccessReviews reviews =
                (who, deed) -> who.equals(READER) && deed.equals(new Deed("nodeactions", "run", "system.info"));
        var gate = new Gate(Optional.of(reviews));
        var account = new Caller.Account(READER);

        assertDoesNotThrow(() -> gate.require(account, Permission.RUN_ACTION, "system.info"));
        var refused = assertThrows(
                RefusedRequest.class, () -> gate.require(account, Permission.RUN_ACTION, "service.restart"));
        assertEquals(403, refused.status());
        assertEquals(
                "forbidden: system:serviceaccount:a:reader may not run nodeactions.plexd.plexsphere.com"
                        + " \"service.restart\"",
                refused.reason());
        for (var permission : Permission.values()) {
            assertThrows(RefusedRequest.class, () -> gate.require(account, permission, "x"), permission.name());
        }
    }

    @Test
    void nobodySaysYesForAnApiServerThatIsAway() {
        var gate = new Gate(Optional.of((_, _) -> {
            throw new ClusterFault(ClusterFault.Kind.UNAVAILABLE, "away", null);
        }));

        var refused = assertThrows(
                RefusedRequest.class, () -> gate.require(new Caller.Account(READER), Permission.RUN_ACTION, "x"));
        assertEquals("503 authorization not available", refused.status() + " " + refused.reason());
        assertThrows(
                RefusedRequest.class,
                () -> new Gate(Optional.empty()).require(new Caller.Account(READER), Permission.READ_SECRET, "x"));
    }

    @Test
    void aHolderOfTheTokenMayEverything() {
        for (var permission : Permission.values()) {
            assertDoesNotThrow(() -> new Gate(Optional.empty()).require(new Caller.TokenHolder(), permission, "x"));
        }
    }

    @Test
    void aUserMayEverythingButSecretsAndTheEnd() {
        var gate = new Gate(Optional.empty());
        var user = new Caller.LocalUser("user", false, false);

        for (var permission : Permission.values()) {
            var limited = permission.isAboutSecrets() || permission == Permission.DEREGISTER;
            if (limited) {
                assertEquals(
                        403,
                        assertThrows(RefusedRequest.class, () -> gate.require(user, permission, "x"))
                                .status());
            } else {
                assertDoesNotThrow(() -> gate.require(user, permission, "x"));
            }
        }
    }

    @Test
    void groupsListTheirMembers() throws Exception {
        var groups = Files.writeString(
                directory.resolve("group"),
                "root:x:0:\nplexd-secrets:x:990:anna,root\nplexd-secretsx:x:9:bert\nbroken\n");
        var lookup = FileSystems.getDefault().getUserPrincipalLookupService();
        // As the kernel names it.
        var root = lookup.lookupPrincipalByName("root");
        var own = lookup.lookupPrincipalByGroupName("0");

        assertTrue(new UnixAccounts(groups).isRoot(root));
        assertFalse(new UnixAccounts(groups).isRoot(lookup.lookupPrincipalByName("12345")));
        assertTrue(new UnixAccounts(groups).isMember(root, own, "plexd-secrets"));
        assertTrue(new UnixAccounts(groups).isMember(root, own, own.getName()));
        assertFalse(new UnixAccounts(groups).isMember(root, own, "plexd-secretsx"));
        assertFalse(new UnixAccounts(groups).isMember(lookup.lookupPrincipalByName("12345"), own, "plexd-secrets"));
        assertFalse(new UnixAccounts(directory.resolve("none")).isMember(root, own, "plexd-secrets"));
    }

    private static HttpRequest request(String authorization) {
        var headers = authorization.isEmpty() ? Map.<String, String>of() : Map.of("authorization", authorization);
        return HttpRequest.of(
                new RequestHead("GET", "/v1/state", "", headers), Optional.empty(), InputStream.nullInputStream());
    }
}
