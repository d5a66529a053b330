package io.nodeplane.plexd.filehooks;

import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import java.util.List;

/**
 * What a hook directory holds.
 *
 * @param hooks sorted by name
 * @param faults sentences about files that look like hooks and are none, sorted
 */
public record HookListing(List<Hook> hooks, List<String> faults) {
    /** Of a directory that is not there. */
    static final HookListing EMPTY = new HookListing(List.of(), List.of());

    public HookListing {
        hooks = List.copyOf(hooks);
        faults = List.copyOf(faults);
    }
}
