package io.nodeplane.plexd.nodeapi.services;

import java.io.IOException;

/** Takes the node out of the control plane and ends the agent. */
@FunctionalInterface
public interface Departure {
    /**
     * Tells the control plane; when it has accepted, the agent stops soon after this returns.
     *
     * @param purge delete everything in the data directory, not only what says who the node is
     * @throws IOException when the control plane did not accept; then nothing has changed
     */
    void depart(boolean purge) throws IOException, InterruptedException;
}
