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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that events may be signed with now (protocol facts 3.6 and 4.4). Thread-safe. */
public final class SigningKeyRing implements StateHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRing.class);

    /** A key with its name and its form for the JDK. */
    private record Usable(SigningKey named, PublicKey key) {
        static Usable of(SigningKey key) {
            return new Usable(key, key.publicKey());
        }
    }

    private record Held(Usable current, Optional<Usable> previous, Instant previousUntil) {}

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
        held = new Held(Usable.of(initial), Optional.empty(), Instant.MIN);
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
        var current = Usable.of(keys.current());
        // Without an end of the transition the previous key is never accepted (protocol facts 4.4).
        var previousUntil = keys.transitionExpires().orElse(Instant.MIN);
        var isNew = !held.current().named().equals(keys.current());
        held = new Held(current, keys.previous().map(Usable::of), previousUntil);
        if (isNew) {
            LOG.atInfo().log("event signing key installed");
        }
        keep();
    }

    /**
     * Stores the key in use, if an attempt before failed.
     *
     * @throws IOException when it fails again
     */
    synchronized void keep() throws IOException {
        var current = held.current().named();
        if (!stored.equals(current)) {
            store.keep(current);
            stored = current;
        }
    }

    /**
     * Uses the next key from now on; the one it follows stays only if it is held now and its transition has an end
     * (protocol facts 3.6). The same news again changes nothing.
     *
     * @throws IOException as for {@link #install}
     * @throws IllegalArgumentException as for {@link #install}
     */
    public synchronized void replace(SigningKey next, String previousId, Optional<Instant> transitionExpires)
            throws IOException {
        var previous = transitionExpires.flatMap(_ -> heldUnder(previousId));
        install(new SigningKeys(next, previous, transitionExpires));
    }

    private Optional<SigningKey> heldUnder(String id) {
        return Stream.concat(Stream.of(held.current()), held.previous().stream())
                .map(Usable::named)
                .filter(key -> !id.isEmpty() && key.id().equals(id))
                .findFirst();
    }

    /**
     * The keys that may have signed an event.
     *
     * @param keyId the key that the event names, empty when it names none
     * @return of the current key, and of the previous one while its transition lasts, those of that name
     */
    public List<PublicKey> accepted(String keyId) {
        var now = held;
        var previous = clock.instant().isBefore(now.previousUntil()) ? now.previous() : Optional.<Usable>empty();
        return Stream.concat(Stream.of(now.current()), previous.stream())
                .filter(key -> key.named().id().equals(keyId))
                .map(Usable::key)
                .toList();
    }
}
