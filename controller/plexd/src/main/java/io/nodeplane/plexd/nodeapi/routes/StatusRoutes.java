package io.nodeplane.plexd.nodeapi.routes;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nodeplane.plexd.nodeapi.access.Permission;
import io.nodeplane.plexd.nodeapi.services.Services;
import io.nodeplane.plexd.pipeline.PipelineStanding;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.Rule;
import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.RefusedRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Peers, policies, the forwarding of logs and audit records, and the end of the node's membership. */
record StatusRoutes(Services services) {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRoutes.class);

    List<Route> all() {
        return List.of(
                Route.of("GET", "peers", _ -> peers()),
                Route.of("GET", "policies", _ -> policies()),
                Route.of("GET", "log-status", _ -> status(services.logs().get(), "log status not available")),
                Route.of("GET", "audit/status", _ -> status(services.audit().get(), "audit status not available")),
                Route.of("POST", "deregister", this::deregister));
    }

    private HttpAnswer peers() throws RefusedRequest {
        var peers = services.state().require().peers();
        return JsonAnswer.ok(out -> JsonAnswer.array(peers, StatusRoutes::write, out));
    }

    private HttpAnswer policies() throws RefusedRequest {
        var policies = services.state().require().policies();
        return JsonAnswer.ok(out -> JsonAnswer.array(policies, StatusRoutes::write, out));
    }

    private static HttpAnswer status(Optional<PipelineStanding> standing, String unknown) throws RefusedRequest {
        var known = standing.orElseThrow(() -> new RefusedRequest(503, unknown));
        return JsonAnswer.ok(out -> {
            out.writeStartObject();
            out.writeBooleanField("enabled", known.enabled());
            out.writeNumberField("buffer_size", known.buffered());
            out.writeNumberField("source_count", known.sources());
            out.writeNumberField("error_count", known.errors());
            if (known.lastReportAt().isPresent()) {
                out.writeStringField(
                        "last_report_at", known.lastReportAt().get().toString());
            }
            out.writeEndObject();
        });
    }

    private HttpAnswer deregister(Visit visit) throws RefusedRequest, InterruptedException {
        visit.require(Permission.DEREGISTER, "");
        var purge =
                visit.request().head().parameter("purge").filter("true"::equals).isPresent();
        LOG.atInfo()
                .addKeyValue("caller", visit.caller().name())
                .addKeyValue("purge", purge)
                .log("deregistration is asked for by the node API");
        try {
            services.departure().depart(purge);
        } catch (IOException refused) {
            throw new RefusedRequest(503, "control plane did not deregister the node: " + refused.getMessage());
        }
        return HttpAnswer.empty();
    }

    /** Without the preshared key, which is nobody's business but the tunnel's. */
    private static void write(Peer peer, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", peer.id());
        out.writeStringField("public_key", peer.publicKey());
        out.writeStringField("mesh_ip", peer.meshIp());
        out.writeStringField("endpoint", peer.endpoint());
        out.writeEndObject();
    }

    private static void write(Policy policy, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", policy.id());
        out.writeFieldName("rules");
        JsonAnswer.array(policy.rules(), StatusRoutes::write, out);
        out.writeEndObject();
    }

    private static void write(Rule rule, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("src", rule.source());
        out.writeStringField("dst", rule.destination());
        out.writeNumberField("port", rule.port());
        if (rule.lastPort() != rule.port()) {
            out.writeNumberField("last_port", rule.lastPort());
        }
        out.writeStringField("protocol", rule.protocol());
        out.writeStringField("action", rule.action());
        out.writeEndObject();
    }
}
