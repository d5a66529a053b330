package io.nodeplane.plexd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import io.nodeplane.plexd.state.StateCategory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigningKeyRingTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    private final SigningKey first = new Signer().publicKey();
    private final SigningKey second = new Signer().publicKey();
    private final List<SigningKey> kept = new ArrayList<>();
    private boolean diskFull;
    private final SigningKeyRing ring = new SigningKeyRing(first, this::keep, Clock.systemUTC());

    @Test
    void keepsOnlyAnotherKey() throws Exception {
        ring.handle(state(first));
        ring.handle(state(second));
        ring.handle(state(second));

        assertEquals(List.of(second), kept);
        assertEquals(List.of(second.publicKey()), ring.accepted(""));
    }

    @Test
    void keepsWhatItHasWhenTheStateHasNoKeys() throws Exception {
        ring.handle(NodeState.EMPTY);

        assertEquals(List.of(first.publicKey()), ring.accepted(""));
    }

    @Test
    void usesAKeyThatCouldNotBeStoredAndStoresItLater() throws Exception {
        diskFull = true;
        assertThrows(IOException.class, () -> ring.handle(state(second)));
        assertEquals(List.of(second.publicKey()), ring.accepted(""));

        diskFull = false;
        ring.handle(state(second));

        assertEquals(List.of(second), kept);
    }

    @Test
    void choosesTheKeyByTheNameInTheEvent() throws Exception {
        var one = new SigningKey("k1", first.text());
        var two = new SigningKey("k2", second.text());
        var clock = new SettableClock(NOON);
        var named = new SigningKeyRing(one, this::keep, clock);

        named.replace(two, "k1", Optional.of(NOON.plusSeconds(60)));

        assertEquals(List.of(two), kept);
        assertEquals(List.of(two.publicKey()), named.accepted("k2"));
        assertEquals(List.of(one.publicKey()), named.accepted("k1"));
        assertEquals(List.of(), named.accepted(""));
        assertEquals(List.of(), named.accepted("k3"));
        clock.pass(Duration.ofSeconds(60));
        assertEquals(List.of(), named.accepted("k1"));
    }

    @Test
    void keepsThePreviousKeyWhenTheSameNewsComesTwice() throws Exception {
        var one = new SigningKey("k1", first.text());
        var two = new SigningKey("k2", second.text());
        var named = new SigningKeyRing(one, this::keep, new SettableClock(NOON));

        named.replace(two, "k1", Optional.of(NOON.plusSeconds(60)));
        named.replace(two, "k1", Optional.of(NOON.plusSeconds(60)));

        assertEquals(List.of(one.publicKey()), named.accepted("k1"));
        assertEquals(List.of(two), kept);
    }

    @Test
    void dropsThePreviousKeyWithoutItsNameOrAnEnd() throws Exception {
        var one = new SigningKey("k1", first.text());
        var two = new SigningKey("k2", second.text());

        var unnamed = new SigningKeyRing(one, this::keep, new SettableClock(NOON));
        unnamed.replace(two, "k0", Optional.of(NOON.plusSeconds(60)));
        assertEquals(List.of(), unnamed.accepted("k1"));

        var endless = new SigningKeyRing(one, this::keep, new SettableClock(NOON));
        endless.replace(two, "k1", Optional.empty());
        assertEquals(List.of(), endless.accepted("k1"));
    }

    private void keep(SigningKey key) throws IOException {
        if (diskFull) {
            throw new IOException("no space left on device");
        }
        kept.add(key);
    }

    private static NodeState state(SigningKey key) {
        var keys = new SigningKeys(key, Optional.empty(), Optional.empty());
        var with = new NodeState(
                List.of(), List.of(), Optional.of(keys), java.util.Map.of(), List.of(), List.of(), java.util.Map.of());
        return NodeState.EMPTY.with(Set.of(StateCategory.SIGNING_KEYS), with);
    }
}
