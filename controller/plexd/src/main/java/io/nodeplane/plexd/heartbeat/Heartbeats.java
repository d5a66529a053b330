package io.nodeplane.plexd.heartbeat;

import io.nodeplane.plexd.http.ApiException;

/** The control plane's ear for heartbeats. */
@FunctionalInterface
public interface Heartbeats {
    /** Sends one heartbeat, without retry. */
    HeartbeatAnswer send(Heartbeat heartbeat) throws ApiException, InterruptedException;
}
