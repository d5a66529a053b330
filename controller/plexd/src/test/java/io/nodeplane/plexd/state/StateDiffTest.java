package io.nodeplane.plexd.state;

import static io.nodeplane.plexd.state.StateCategory.BRIDGE;
import static io.nodeplane.plexd.state.StateCategory.DATA;
import static io.nodeplane.plexd.state.StateCategory.METADATA;
import static io.nodeplane.plexd.state.StateCategory.PEERS;
import static io.nodeplane.plexd.state.StateCategory.POLICIES;
import static io.nodeplane.plexd.state.StateCategory.SECRET_REFS;
import static io.nodeplane.plexd.state.StateCategory.SIGNING_KEYS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.DriftReports.Correction;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.Rule;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateDiffTest {
    private static final SigningKey KEY = new SigningKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=");
    private static final Instant ONE = Instant.parse("2026-02-20T12:00:00Z");
    private static final Rule ALLOW = new Rule("10.0.0.0/24", "0.0.0.0/0", 443, "tcp", "allow");
    private static final Rule DENY = new Rule("10.0.0.0/24", "0.0.0.0/0", 443, "tcp", "deny");

    static Stream<Arguments> rows() {
        return Stream.of(
                row("peer added", peers(), peers(peer("a", "k")), PEERS, "peer_added: peer a"),
                row("peer removed", peers(peer("a", "k")), peers(), PEERS, "peer_removed: peer a"),
                row("peer changed", peers(peer("a", "k")), peers(peer("a", "l")), PEERS, "peer_updated: peer a"),
                row(
                        "peers of all three kinds come in the table's order",
                        peers(peer("a", "k"), peer("b", "k")),
                        peers(peer("b", "l"), peer("d", "k"), peer("c", "k")),
                        PEERS,
                        "peer_added: peer c",
                        "peer_added: peer d",
                        "peer_removed: peer a",
                        "peer_updated: peer b"),
                row("policy added", policies(), policies(policy("p", ALLOW)), POLICIES, "policy_added: policy p"),
                row("policy removed", policies(policy("p", ALLOW)), policies(), POLICIES, "policy_removed: policy p"),
                row(
                        "policy with other rules under the same id",
                        policies(policy("p", ALLOW)),
                        policies(policy("p", DENY)),
                        POLICIES,
                        "policy_added: policy p",
                        "policy_removed: policy p"),
                row(
                        "keys appear",
                        NodeState.EMPTY,
                        keys(Optional.empty()),
                        SIGNING_KEYS,
                        "signing_keys_updated: signing keys rotated"),
                row(
                        "only the end of the transition changes",
                        keys(Optional.of(ONE)),
                        keys(Optional.of(ONE.plusSeconds(1))),
                        SIGNING_KEYS,
                        "signing_keys_updated: signing keys rotated"),
                row("metadata", metadata("a"), metadata("b"), METADATA, "metadata_updated: metadata updated"),
                row("data version", data(1, "{}", ONE), data(2, "{}", ONE), DATA, "data_updated: data updated"),
                row("data payload", data(1, "{}", ONE), data(1, "[]", ONE), DATA, "data_updated: data updated"),
                row("secret version", secrets(1), secrets(2), SECRET_REFS, "secret_refs_updated: secret refs updated"),
                row("bridge blocks have no word", bridge("{}"), bridge("{\"a\":1}"), BRIDGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void findsTheChangeAndNamesIt(
            String what, NodeState applied, NodeState desired, StateCategory part, List<Correction> corrections) {
        var diff = StateDiff.between(applied, desired);

        assertEquals(Set.of(part), diff.categories());
        assertEquals(corrections, diff.corrections(Set.of(part)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void findsNothingOnceApplied(
            String what, NodeState applied, NodeState desired, StateCategory part, List<Correction> corrections) {
        assertTrue(StateDiff.between(desired, desired).isEmpty());
        assertTrue(
                StateDiff.between(applied.with(Set.of(part), desired), desired).isEmpty());
    }

    @Test
    void ignoresOrderAndTheTimeOfAnUpdate() {
        var one = peers(peer("a", "k"), peer("b", "k"));
        var other = peers(peer("b", "k"), peer("a", "k"));

        assertTrue(StateDiff.between(one, other).isEmpty());
        assertTrue(StateDiff.between(data(1, "{}", ONE), data(1, "{}", ONE.plusSeconds(60)))
                .isEmpty());
    }

    @Test
    void ordersCorrectionsOfSeveralPartsByTheTable() {
        var desired = metadata("x").with(Set.of(PEERS), peers(peer("a", "k"))).with(Set.of(SECRET_REFS), secrets(1));

        var diff = StateDiff.between(NodeState.EMPTY, desired);

        assertEquals(
                corrections(
                        "peer_added: peer a",
                        "metadata_updated: metadata updated",
                        "secret_refs_updated: secret refs updated"),
                diff.corrections(diff.categories()));
    }

    private static Arguments row(
            String what, NodeState applied, NodeState desired, StateCategory part, String... corrections) {
        return Arguments.of(what, applied, desired, part, corrections(corrections));
    }

    private static List<Correction> corrections(String... lines) {
        return Arrays.stream(lines)
                .map(line -> line.split(": ", 2))
                .map(parts -> new Correction(parts[0], parts[1]))
                .toList();
    }

    private static Peer peer(String id, String key) {
        return new Peer(id, key, "10.99.0.2", "203.0.113.1:51820", List.of("10.99.0.2/32"), "psk");
    }

    private static Policy policy(String id, Rule rule) {
        return new Policy(id, List.of(rule));
    }

    private static NodeState peers(Peer... peers) {
        return new NodeState(List.of(peers), List.of(), Optional.empty(), Map.of(), List.of(), List.of(), Map.of());
    }

    private static NodeState policies(Policy... policies) {
        return new NodeState(List.of(), List.of(policies), Optional.empty(), Map.of(), List.of(), List.of(), Map.of());
    }

    private static NodeState keys(Optional<Instant> expires) {
        var keys = new SigningKeys(KEY, Optional.of(KEY), expires);
        return new NodeState(List.of(), List.of(), Optional.of(keys), Map.of(), List.of(), List.of(), Map.of());
    }

    private static NodeState metadata(String value) {
        return new NodeState(
                List.of(), List.of(), Optional.empty(), Map.of("k", value), List.of(), List.of(), Map.of());
    }

    private static NodeState data(long version, String payload, Instant updated) {
        var entry = new DataEntry("app/config", "application/json", payload, version, updated);
        return new NodeState(List.of(), List.of(), Optional.empty(), Map.of(), List.of(entry), List.of(), Map.of());
    }

    private static NodeState secrets(long version) {
        var ref = new SecretRef("db-password", version);
        return new NodeState(List.of(), List.of(), Optional.empty(), Map.of(), List.of(), List.of(ref), Map.of());
    }

    private static NodeState bridge(String json) {
        return new NodeState(
                List.of(), List.of(), Optional.empty(), Map.of(), List.of(), List.of(), Map.of("bridge_config", json));
    }
}
