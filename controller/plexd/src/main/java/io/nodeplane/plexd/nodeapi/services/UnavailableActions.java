package io.nodeplane.plexd.nodeapi.services;

import io.nodeplane.plexd.capabilities.Capabilities.Action;
import java.util.List;

/**
 * An agent that knows actions and runs none.
 *
 * @param known what the agent tells the control plane too
 */
public record UnavailableActions(List<Action> known) implements NodeActions {
    private static final String WHY = "actions not available";

    public UnavailableActions {
        known = List.copyOf(known);
    }

    @Override
    public Catalogue catalogue() {
        return new Catalogue(known, List.of());
    }

    @Override
    public Result run(Call call) throws Unavailable {
        throw new Unavailable(WHY);
    }

    @Override
    public List<Hook> reloadHooks() throws Unavailable {
        throw new Unavailable(WHY);
    }
}
