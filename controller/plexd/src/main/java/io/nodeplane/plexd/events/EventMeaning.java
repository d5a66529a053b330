package io.nodeplane.plexd.events;

import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import java.time.Instant;
import java.util.Optional;

/** What a verified event asks of the agent. */
public sealed interface EventMeaning {
    /**
     * Something of the desired state changed: pull it. Inline content is not applied, because the mock's hello event and
     * partial updates would wipe what they do not name (protocol facts 3.6).
     */
    record StateChanged() implements EventMeaning {}

    /** New keys for events. */
    record KeysRotated(SigningKeys keys) implements EventMeaning {}

    /**
     * The next key for events; the one in use stays for a while.
     *
     * @param previousId the held key that stays valid until then; empty for none
     * @param transitionExpires absent when no other key stays valid
     */
    record KeyReplaced(SigningKey next, String previousId, Optional<Instant> transitionExpires)
            implements EventMeaning {}

    /** Rotate the node's mesh key. */
    record MeshKeyDue() implements EventMeaning {}

    /** Run an action. */
    record ActionWanted(Execution execution) implements EventMeaning {}

    /** Nothing that this agent knows or has a use for. */
    record Unknown() implements EventMeaning {}
}
