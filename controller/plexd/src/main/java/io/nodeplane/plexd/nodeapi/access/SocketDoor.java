package io.nodeplane.plexd.nodeapi.access;

import io.nodeplane.runtime.http.HttpRequest;
import io.nodeplane.runtime.http.RefusedRequest;

/** The unix domain socket: whoever its mode lets connect is in, by the name that the kernel says (SO_PEERCRED). */
public final class SocketDoor implements Door {
    /** Members read secrets besides root (protocol facts 7.1). */
    public static final String SECRETS_GROUP = "plexd-secrets";

    private final UnixAccounts accounts;

    public SocketDoor(UnixAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Caller admit(HttpRequest request) throws RefusedRequest {
        var peer = request.peer().orElseThrow(() -> new RefusedRequest(401, "unauthorized"));
        var root = accounts.isRoot(peer.user());
        return new Caller.LocalUser(
                peer.user().getName(), root || accounts.isMember(peer.user(), peer.group(), SECRETS_GROUP), root);
    }
}
