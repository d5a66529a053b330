package io.nodeplane.plexd.state;

import java.io.IOException;
import java.util.Set;

/** Makes one feature what the state says. */
public interface StateHandler {
    /** Short name for logs, for example {@code signing keys}. */
    String name();

    /** The parts whose change concerns this handler. */
    Set<StateCategory> categories();

    /**
     * Applies the whole desired state; idempotent. Called with the first state after a start, even an empty one, then when a
     * part of {@link #categories()} changed, and again in the next cycle after it failed. What it throws stops no other
     * handler.
     */
    void handle(NodeState desired) throws IOException, InterruptedException;
}
