package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.http.Refusals.Refusal;

/** Refusals that the agent counts with, each by a decision in its design. */
final class ByDesign {
    private ByDesign() {}

    static boolean isRefused(Refusal refusal, NodeWorld world) {
        if (world.kind() != NodeKind.PLATFORM) {
            return false;
        }
        // After a restart it is not known how far an execution was told: it is told again, and 409 says that it was.
        var isToldAgain = refusal.status() == 409 && refusal.path().contains("/executions/");
        // A heartbeat of a wrong clock is refused; it is how the node learns of it.
        var isSkewed = world.clock().isPresent() && refusal.message().contains("client_now");
        // The wish for a new mesh key comes by event and by heartbeat, and events are told again from the place that
        // was kept.
        var isWishedAgain = refusal.status() == 409 && refusal.path().equals("/v1/keys/rotate");
        return isToldAgain || isSkewed || isWishedAgain;
    }
}
