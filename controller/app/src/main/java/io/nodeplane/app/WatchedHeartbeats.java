package io.nodeplane.app;

import io.nodeplane.plexd.heartbeat.Heartbeat;
import io.nodeplane.plexd.heartbeat.HeartbeatAnswer;
import io.nodeplane.plexd.heartbeat.Heartbeats;
import io.nodeplane.plexd.http.ApiException;
import java.time.Clock;

/** Heartbeats that also tell the standing and the credential how they went. */
record WatchedHeartbeats(Heartbeats heartbeats, Standing standing, Credential credential, Clock clock)
        implements Heartbeats {
    @Override
    public HeartbeatAnswer send(Heartbeat heartbeat) throws ApiException, InterruptedException {
        try {
            var answer = heartbeats.send(heartbeat);
            standing.heartbeatAccepted(clock.instant());
            credential.accepted();
            return answer;
        } catch (ApiException failed) {
            standing.heartbeatFailed(clock.instant(), String.valueOf(failed.getMessage()));
            throw failed;
        }
    }
}
