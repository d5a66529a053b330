package io.nodeplane.plexd.nodeapi.access;

import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;

/** Finds out who calls, before anything of the request is looked at. */
@FunctionalInterface
public interface Door {
    /** Who it is; a 401 for everybody else. */
    Caller admit(HttpRequest request) throws RefusedRequest;
}
