package io.nodeplane.plexd.nodeapi.routes;

import io.nodeplane.plexd.nodeapi.access.Caller;
import io.nodeplane.plexd.nodeapi.access.Gate;
import io.nodeplane.plexd.nodeapi.access.Permission;
import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;
import java.io.IOException;
import java.util.List;

/**
 * One request that was let in.
 *
 * @param captured segments that stand for {@code *} in the route
 */
record Visit(HttpRequest request, Caller caller, Gate gate, List<String> captured) {
    /** The key in the path. */
    String key() {
        return captured.getFirst();
    }

    void require(Permission permission, String name) throws RefusedRequest {
        gate.require(caller, permission, name);
    }

    byte[] body(int limit) throws RefusedRequest, IOException {
        return request.body(limit);
    }
}
