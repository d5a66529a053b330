package io.nodeplane.plexd.events;

import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import io.nodeplane.plexd.state.StateCategory;
import io.nodeplane.plexd.state.StateHandler;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that events may be signed with now (protocol facts 3.6 and 4.4). Thread-safe. */
public final class SigningKeyRing implements StateHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRing.class);

    private record Held(SigningKey current, PublicKey key, Optional<PublicKey> previous, Instant previousUntil) {}

    private final SigningKeyStore store;
    private final Clock clock;
    private volatile Held held;
    private volatile SigningKey stored;

    /**
     * Holds the key of the identity.
     *
     * @param store told of every other current key
     * @throws IllegalArgumentException when the key is no point of the curve
     */
    public SigningKeyRing(SigningKey initial, SigningKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        held = new Held(initial, initial.publicKey(), Optional.empty(), Instant.MIN);
        stored = initial;
    }

    @Override
    public String name() {
        return "signing keys";
    }

    @Override
    public Set<StateCategory> categories() {
        return Set.of(StateCategory.SIGNING_KEYS);
    }

    /** Installs the state's keys; a state without keys leaves those that are held. */
    @Override
    public void handle(NodeState desired) throws IOException {
        if (desired.signingKeys().isPresent()) {
            install(desired.signingKeys().get());
        }
    }

    /**
     * Uses these keys from now on, and stores the current one.
     *
     * @throws IOException when storing failed; the keys are in use all the same
     * @throws IllegalArgumentException when the current key is no point of the curve; nothing changed then
     */
    public synchronized void install(SigningKeys keys) throws IOException {
        var current = keys.current().publicKey();
        // Without an end of the transition the previous key is never accepted (protocol facts 4.4).
        var previousUntil = keys.transitionExpires().orElse(Instant.MIN);
        var isNew = !held.current().equals(keys.current());
        held = new Held(keys.current(), current, keys.previous().map(SigningKey::publicKey), previousUntil);
        if (isNew) {
            LOG.atInfo().log("event signing key installed");
        }
        if (!stored.equals(keys.current())) {
            store.keep(keys.current());
            stored = keys.current();
        }
    }

    /** The current key, and the previous one while its transition lasts. */
    public List<PublicKey> accepted() {
        var now = held;
        if (now.previous().isPresent() && clock.instant().isBefore(now.previousUntil())) {
            return List.of(now.key(), now.previous().get());
        }
        return List.of(now.key());
    }
}
