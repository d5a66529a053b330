package io.nodeplane.plexd.events;

import io.nodeplane.plexd.actions.ActionRequests;
import io.nodeplane.plexd.rotation.RotationTrigger;
import io.nodeplane.plexd.state.ReconcileTrigger;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a verified event asks for. A failure is told and costs only that event. Not thread-safe. */
final class EventDispatch {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatch.class);

    private final ReconcileTrigger reconcile;
    private final RotationTrigger rotation;
    private final SigningKeyRing keys;
    private final ActionRequests actions;

    EventDispatch(ReconcileTrigger reconcile, RotationTrigger rotation, SigningKeyRing keys, ActionRequests actions) {
        this.reconcile = reconcile;
        this.rotation = rotation;
        this.keys = keys;
        this.actions = actions;
    }

    void handle(SignedEvent event, EventMeaning meaning) {
        switch (meaning) {
            case EventMeaning.StateChanged _ -> reconcile.trigger("event: " + event.type());
            case EventMeaning.KeysRotated rotated -> install(() -> keys.install(rotated.keys()));
            case EventMeaning.KeyReplaced replaced ->
                install(() -> keys.replace(replaced.next(), replaced.previousId(), replaced.transitionExpires()));
            case EventMeaning.MeshKeyDue _ -> rotation.rotate("event: " + event.type());
            case EventMeaning.ActionWanted wanted -> actions.request(wanted.execution());
            case EventMeaning.Unknown _ ->
                LOG.atDebug().addKeyValue("type", event.type()).log("event has no meaning here");
        }
    }

    private interface Installation {
        void run() throws IOException;
    }

    private static void install(Installation installation) {
        try {
            installation.run();
        } catch (IOException notStored) {
            LOG.atWarn()
                    .addKeyValue("reason", notStored.getMessage())
                    .log("event signing key is in use but could not be stored");
        } catch (IllegalArgumentException noKey) {
            LOG.atWarn().addKeyValue("reason", noKey.getMessage()).log("event signing key refused");
        }
    }
}
