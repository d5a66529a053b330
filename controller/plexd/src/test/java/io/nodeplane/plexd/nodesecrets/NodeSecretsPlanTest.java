package io.nodeplane.plexd.nodesecrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.nodesecrets.NodeSecretsDesired.Wanted;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeSecretsPlanTest {
    private static final String NAME = "plexd-secret-n-1-db";
    private static final String PLAIN_NAME = "plexd-plain-secret-n-1-db";
    private static final Wanted WANTED = new Wanted("db", NAME, 2, false);
    private static final RecordedSecret INTENDED = new RecordedSecret("db", NAME, OptionalLong.empty());

    static Stream<Arguments> rows() {
        return Stream.of(
                row("nothing", desired(), known(), plan(List.of(), List.of(), List.of())),
                row(
                        "new is recorded, then made",
                        desired(WANTED),
                        known(),
                        plan(List.of(), List.of(INTENDED), List.of(WANTED))),
                row(
                        "same version is left alone",
                        desired(WANTED),
                        known(made(2)),
                        plan(List.of(), List.of(), List.of())),
                row(
                        "other version is made",
                        desired(WANTED),
                        known(made(1)),
                        plan(List.of(), List.of(), List.of(WANTED))),
                row(
                        "lower version is made too",
                        desired(WANTED),
                        known(made(9)),
                        plan(List.of(), List.of(), List.of(WANTED))),
                row(
                        "killed before it was made",
                        desired(WANTED),
                        known(INTENDED),
                        plan(List.of(), List.of(), List.of(WANTED))),
                row("gone is deleted", desired(), known(made(2)), plan(List.of(made(2)), List.of(), List.of())),
                row("killed before deleted", desired(), known(INTENDED), plan(List.of(INTENDED), List.of(), List.of())),
                row(
                        "renamed is deleted, recorded and made",
                        desired(new Wanted("db", PLAIN_NAME, 2, true)),
                        known(made(2)),
                        plan(
                                List.of(made(2)),
                                List.of(RecordedSecret.intended("db", PLAIN_NAME)),
                                List.of(new Wanted("db", PLAIN_NAME, 2, true)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void doesWhatDiffers(
            String description, NodeSecretsDesired desired, NodeSecretsObserved observed, NodeSecretsPlan expected) {
        assertEquals(expected, NodeSecretsPlan.between(desired, observed), description);
    }

    @Test
    void aRecordChangedBySomebodyIsWrittenAgain() {
        var changed = new NodeSecretsObserved(new Owner("node-n-1", "uid"), List.of(made(2)), false);

        var plan = NodeSecretsPlan.between(desired(WANTED), changed);

        assertTrue(plan.rewrite());
        assertEquals(List.of(), plan.puts());
    }

    @Test
    void namesFollowTheSeedAndPlainTextHasItsOwn() {
        var state = state(List.of(new SecretRef("db", 2), new SecretRef("TLS_KEY", 1), new SecretRef("tls-key", 1)));

        var secrets = NodeSecretsDesired.from(state, "n-1", Set.of()).secrets();

        assertEquals(WANTED, secrets.get("db"));
        assertTrue(name(state, "TLS_KEY").matches("plexd-secret-n-1-tls-key-[0-9a-f]{8}"), name(state, "TLS_KEY"));
        assertEquals("plexd-secret-n-1-tls-key", name(state, "tls-key"));
        assertEquals(
                new Wanted("db", PLAIN_NAME, 2, true),
                NodeSecretsDesired.from(state, "n-1", Set.of("db")).secrets().get("db"));
    }

    @Test
    void leavesOutWhatTheSchemaRefuses() {
        var refs = IntStream.range(0, 1025)
                .mapToObj(i -> new SecretRef("k%04d".formatted(i), 1))
                .collect(Collectors.toCollection(ArrayList::new));
        refs.add(new SecretRef("", 1));
        refs.add(new SecretRef("a".repeat(254), 1));
        refs.add(new SecretRef("a", -1));

        var desired = NodeSecretsDesired.from(state(refs), "n-1", Set.of());

        assertEquals(1024, desired.secrets().size());
        assertEquals(4, desired.leftOut().size(), desired.leftOut()::toString);
        assertTrue(desired.leftOut().stream().allMatch(text -> text.length() < 200));
    }

    private static String name(NodeState state, String key) {
        return Optional.ofNullable(NodeSecretsDesired.from(state, "n-1", Set.of())
                        .secrets()
                        .get(key))
                .orElseThrow()
                .secretName();
    }

    private static Arguments row(
            String description, NodeSecretsDesired desired, NodeSecretsObserved observed, NodeSecretsPlan expected) {
        return Arguments.of(description, desired, observed, expected);
    }

    private static RecordedSecret made(long version) {
        return new RecordedSecret("db", NAME, OptionalLong.of(version));
    }

    private static NodeSecretsDesired desired(Wanted... wanted) {
        var secrets = new TreeMap<String, Wanted>();
        Arrays.stream(wanted).forEach(secret -> secrets.put(secret.key(), secret));
        return new NodeSecretsDesired(secrets, List.of());
    }

    private static NodeSecretsObserved known(RecordedSecret... recorded) {
        return new NodeSecretsObserved(new Owner("node-n-1", "uid"), List.of(recorded), true);
    }

    private static NodeSecretsPlan plan(
            List<RecordedSecret> removals, List<RecordedSecret> intents, List<Wanted> puts) {
        return new NodeSecretsPlan(removals, intents, puts, false);
    }

    private static NodeState state(List<SecretRef> refs) {
        return new NodeState(List.of(), List.of(), Optional.empty(), Map.of(), List.of(), refs, Map.of());
    }
}
