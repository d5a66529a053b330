package io.nodeplane.plexd.events;

import io.nodeplane.plexd.capabilities.ActionRefusals;
import io.nodeplane.plexd.capabilities.BuiltinActions;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.plexd.rotation.RotationTrigger;
import io.nodeplane.plexd.state.ReconcileTrigger;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a verified event asks for. A failure is told and costs only that event. Not thread-safe. */
final class EventDispatch {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatch.class);

    private final ReconcileTrigger reconcile;
    private final RotationTrigger rotation;
    private final SigningKeyRing keys;
    private final Optional<ActionRefusals> refusals;
    private final CredentialRejected rejected;

    EventDispatch(
            ReconcileTrigger reconcile,
            RotationTrigger rotation,
            SigningKeyRing keys,
            Optional<ActionRefusals> refusals,
            CredentialRejected rejected) {
        this.reconcile = reconcile;
        this.rotation = rotation;
        this.keys = keys;
        this.refusals = refusals;
        this.rejected = rejected;
    }

    void handle(SignedEvent event, EventMeaning meaning) throws InterruptedException {
        switch (meaning) {
            case EventMeaning.StateChanged _ -> reconcile.trigger("event: " + event.type());
            case EventMeaning.KeysRotated rotated -> install(() -> keys.install(rotated.keys()));
            case EventMeaning.KeyReplaced replaced ->
                install(() -> keys.replace(replaced.next(), replaced.previousId(), replaced.transitionExpires()));
            case EventMeaning.MeshKeyDue _ -> rotation.rotate("event: " + event.type());
            case EventMeaning.ActionWanted wanted -> refuse(wanted);
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

    /** Told instead of ignored, so that whoever asked does not wait for the timeout. */
    private void refuse(EventMeaning.ActionWanted wanted) throws InterruptedException {
        if (refusals.isEmpty()) {
            return;
        }
        try {
            refusals.get().refuse(wanted.executionId(), BuiltinActions.DISABLED);
            LOG.atInfo().addKeyValue("action", wanted.action()).log("action refused: this agent runs none yet");
        } catch (ApiException failure) {
            LOG.atWarn()
                    .addKeyValue("action", wanted.action())
                    .addKeyValue("reason", failure.getMessage())
                    .log("action refusal could not be told");
            if (failure instanceof ApiException.Unauthorized) {
                rejected.credentialRejected("events");
            }
        }
    }
}
