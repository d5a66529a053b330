package io.nodeplane.plexd.nodeapi.access;

import io.nodeplane.plexd.tokenreview.AccessReviews.Deed;

/**
 * What a route needs beyond being let in. An account that the API server knows needs a rule for it, on a resource that exists
 * in rules only: who is let in is every workload of the cluster with the right audience.
 */
public enum Permission {
    LIST_SECRETS("nodesecrets", "list"),
    READ_SECRET("nodesecrets", "get"),
    WRITE_REPORT("nodereports", "update"),
    DELETE_REPORT("nodereports", "delete"),
    RUN_ACTION("nodeactions", "run"),
    RELOAD_HOOKS("nodehooks", "reload"),
    /** Ends the node's membership: for root of this machine and holders of the token file. */
    DEREGISTER("node", "deregister");

    private final String resource;
    private final String verb;

    Permission(String resource, String verb) {
        this.resource = resource;
        this.verb = verb;
    }

    /** As the API server is asked. */
    Deed deed(String name) {
        return new Deed(resource, verb, name);
    }

    /** Secrets are for those of whom the machine says so. */
    boolean isAboutSecrets() {
        return this == LIST_SECRETS || this == READ_SECRET;
    }
}
