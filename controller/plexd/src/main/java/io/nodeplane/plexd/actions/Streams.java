package io.nodeplane.plexd.actions;

/** What a run prints; still readable when the run is cut off. Thread-safe. */
public record Streams(BoundedOutput stdout, BoundedOutput stderr) {
    /**
     * Two empty streams.
     *
     * @param maxBytes of each
     */
    public static Streams limitedTo(int maxBytes) {
        return new Streams(new BoundedOutput(maxBytes), new BoundedOutput(maxBytes));
    }
}
