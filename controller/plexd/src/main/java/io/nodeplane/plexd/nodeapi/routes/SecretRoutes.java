package io.nodeplane.plexd.nodeapi.routes;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.nodeapi.access.Permission;
import io.nodeplane.plexd.nodeapi.services.NodeSecrets;
import io.nodeplane.plexd.nodeapi.services.ServedState;
import io.nodeplane.plexd.secrets.SecretUnavailable;
import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.RefusedRequest;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/state/secrets}: names for those who may, values fetched and opened live. */
record SecretRoutes(ServedState state, NodeSecrets secrets) {
    private static final Logger LOG = LoggerFactory.getLogger(SecretRoutes.class);

    /** As long as a key of a report may be; longer names are none of the control plane's. */
    private static final int MAX_KEY = 240;

    List<Route> all() {
        return List.of(Route.of("GET", "state/secrets", this::names), Route.of("GET", "state/secrets/*", this::value));
    }

    private HttpAnswer names(Visit visit) throws RefusedRequest {
        visit.require(Permission.LIST_SECRETS, "");
        var refs = state.require().secretRefs();
        return JsonAnswer.ok(out -> JsonAnswer.array(refs, StateRoutes::writeRef, out));
    }

    private HttpAnswer value(Visit visit) throws RefusedRequest, InterruptedException {
        var key = visit.key();
        visit.require(Permission.READ_SECRET, key);
        if (key.isEmpty() || key.length() > MAX_KEY || key.chars().anyMatch(each -> each < ' ')) {
            throw new RefusedRequest(400, "invalid secret name");
        }
        var version = visit.request().head().parameter("version");
        if (version.isPresent() && !version.get().matches("\\d{1,18}")) {
            throw new RefusedRequest(400, "version must be an integer");
        }
        var opened = open(key);
        if (version.isPresent() && Long.parseLong(version.get()) != opened.version()) {
            throw new RefusedRequest(404, "not found");
        }
        return JsonAnswer.ok(out -> {
            out.writeStartObject();
            out.writeStringField("key", opened.key());
            out.writeStringField("value", opened.value());
            out.writeNumberField("version", opened.version());
            out.writeEndObject();
        });
    }

    private NodeSecrets.Opened open(String key) throws RefusedRequest, InterruptedException {
        try {
            return secrets.open(key);
        } catch (SecretUnavailable sealed) {
            LOG.atWarn().addKeyValue("reason", sealed.getMessage()).log("secret cannot be given out");
            throw new RefusedRequest(500, "internal error");
        } catch (ApiException failed) {
            throw refusal(failed);
        }
    }

    private static RefusedRequest refusal(ApiException failed) {
        return switch (failed) {
            case ApiException.Rejected rejected when rejected.status() == 404 -> new RefusedRequest(404, "not found");
            case ApiException.Rejected rejected
            when rejected.status() == 403 -> new RefusedRequest(403, "forbidden by the control plane");
            case ApiException.RateLimited limited ->
                new RefusedRequest(429, "control plane asks for a pause", retryAfter(limited));
            default -> new RefusedRequest(503, "control plane unavailable");
        };
    }

    private static Map<String, String> retryAfter(ApiException.RateLimited limited) {
        return limited.pause()
                .map(pause -> Map.of("Retry-After", Long.toString(Math.max(1, pause.toSeconds()))))
                .orElse(Map.of());
    }
}
