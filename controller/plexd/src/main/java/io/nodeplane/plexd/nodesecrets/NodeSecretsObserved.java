package io.nodeplane.plexd.nodesecrets;

import java.util.Comparator;
import java.util.List;

/**
 * What is known of this node's Secrets: not the Secrets themselves, which nobody may list, but what was recorded of them.
 *
 * @param owner the PlexdNodeState that carries the record
 * @param recorded what this process or the one before it recorded last, by key
 * @param shown whether the object says so too; false when somebody else changed it
 */
public record NodeSecretsObserved(Owner owner, List<RecordedSecret> recorded, boolean shown) {
    public NodeSecretsObserved {
        recorded = recorded.stream()
                .sorted(Comparator.comparing(RecordedSecret::key))
                .toList();
    }

    /**
     * A PlexdNodeState; another one of the same name has another uid.
     *
     * @param uid given by the API server
     */
    public record Owner(String name, String uid) {}
}
