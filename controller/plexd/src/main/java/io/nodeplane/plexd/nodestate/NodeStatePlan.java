package io.nodeplane.plexd.nodestate;

import java.util.Optional;

/** What to write, if anything; empty means converged. */
record NodeStatePlan(Optional<NodeStateDesired> apply) {
    private static final NodeStatePlan CONVERGED = new NodeStatePlan(Optional.empty());

    /**
     * The answer of the API server to our last write.
     *
     * @param wanted what we sent
     * @param got what the server made of it; as long as both stand there is nothing to write, even where the server spells
     *     something in a way that we do not foresee
     */
    record LastWrite(NodeStateDesired wanted, NodeStateObserved got) {}

    /**
     * Compares.
     *
     * @param observed absent when the object does not exist
     * @param last absent after a start
     */
    static NodeStatePlan between(
            NodeStateDesired desired, Optional<NodeStateObserved> observed, Optional<LastWrite> last) {
        if (observed.isEmpty()) {
            return write(desired.content().isPresent() ? desired : desired.withContent(NodeStateContent.EMPTY));
        }
        var now = observed.get();
        var complete = desired.content().isPresent() ? desired : desired.withContent(now.content());
        if (says(now, complete) || isOwnEcho(complete, now, last)) {
            return CONVERGED;
        }
        return write(complete);
    }

    private static boolean says(NodeStateObserved now, NodeStateDesired wanted) {
        return now.nodeId().equals(wanted.nodeId())
                && now.meshIp().equals(wanted.meshIp())
                && now.labels().entrySet().containsAll(wanted.labels().entrySet())
                && now.annotations().entrySet().containsAll(wanted.annotations().entrySet())
                && wanted.content().equals(Optional.of(now.content()));
    }

    private static boolean isOwnEcho(NodeStateDesired wanted, NodeStateObserved now, Optional<LastWrite> last) {
        return last.filter(write ->
                        write.wanted().equals(wanted) && write.got().synced().equals(now.synced()))
                .isPresent();
    }

    private static NodeStatePlan write(NodeStateDesired desired) {
        return new NodeStatePlan(Optional.of(desired));
    }
}
