package io.nodeplane.plexd.nodeapi.access;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.tokenreview.AccessReviews;
import io.nodeplane.runtime.http.RefusedRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a caller may do what a route does. Thread-safe. */
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Optional<AccessReviews> reviews;

    /** A gate; without reviews no account gets through it. */
    public Gate(Optional<AccessReviews> reviews) {
        this.reviews = reviews;
    }

    /**
     * Returns when allowed.
     *
     * @param name of the one thing that is asked for, empty for all
     * @throws RefusedRequest 403 when not, 503 when nobody can say
     */
    public void require(Caller caller, Permission permission, String name) throws RefusedRequest {
        switch (caller) {
            case Caller.TokenHolder _ -> {
                // May everything.
            }
            case Caller.LocalUser user -> require(user, permission);
            case Caller.Account account -> require(account, permission, name);
        }
    }

    private static void require(Caller.LocalUser user, Permission permission) throws RefusedRequest {
        if (permission.isAboutSecrets() && !user.mayReadSecrets()) {
            throw new RefusedRequest(403, "forbidden: insufficient privileges for secret access");
        }
        if (permission == Permission.DEREGISTER && !user.root()) {
            throw new RefusedRequest(403, "forbidden: only root may deregister the node");
        }
    }

    private void require(Caller.Account account, Permission permission, String name) throws RefusedRequest {
        var deed = permission.deed(name);
        try {
            if (reviews.isPresent() && reviews.get().allowed(account.review(), deed)) {
                return;
            }
        } catch (ClusterFault fault) {
            LOG.atDebug().addKeyValue("reason", fault.getMessage()).log("API server does not say what a caller may do");
            throw new RefusedRequest(503, "authorization not available");
        }
        var what = deed.resource() + "." + AccessReviews.Deed.GROUP + (name.isEmpty() ? "" : " \"" + name + "\"");
        throw new RefusedRequest(403, "forbidden: " + account.name() + " may not " + deed.verb() + " " + what);
    }
}
