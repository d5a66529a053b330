package io.nodeplane.plexd.registration;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.Identity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A control plane's door in memory: fails as told, then gives one identity; a fake for tests. */
public final class InMemoryRegistrations implements Registrations {
    private final Identity identity;
    private final ArrayDeque<ApiException> failures = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    public InMemoryRegistrations(Identity identity) {
        this.identity = identity;
    }

    /** The next request, in order of calls, fails this way. */
    public InMemoryRegistrations failing(ApiException failure) {
        failures.add(failure);
        return this;
    }

    /** What was asked, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Identity register(Request request) throws ApiException {
        requests.add(request);
        if (!failures.isEmpty()) {
            throw failures.removeFirst();
        }
        return identity;
    }
}
