package io.nodeplane.plexd.actions;

/** Takes requests of the control plane. */
@FunctionalInterface
public interface ActionRequests {
    /** Accepts or refuses, and returns at once; everything else, the answer too, happens elsewhere. */
    void request(Execution execution);
}
