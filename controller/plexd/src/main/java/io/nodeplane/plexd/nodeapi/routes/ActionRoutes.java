package io.nodeplane.plexd.nodeapi.routes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.capabilities.Capabilities.Action;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import io.nodeplane.plexd.nodeapi.access.Permission;
import io.nodeplane.plexd.nodeapi.services.NodeActions;
import io.nodeplane.plexd.nodeapi.services.NodeActions.Hook;
import io.nodeplane.runtime.config.GoDuration;
import io.nodeplane.runtime.http.HttpAnswer;
import io.nodeplane.runtime.http.RefusedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/actions} and {@code /v1/hooks}. */
record ActionRoutes(NodeActions actions) {
    private static final Logger LOG = LoggerFactory.getLogger(ActionRoutes.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Protocol facts 7.2. */
    private static final int MAX_BODY = 64 * 1024;

    List<Route> all() {
        return List.of(
                Route.of("GET", "actions", _ -> catalogue()),
                Route.of("POST", "actions/run", this::run),
                Route.of("GET", "hooks", _ -> hooks()),
                Route.of("POST", "hooks/reload", this::reload));
    }

    private HttpAnswer catalogue() {
        var catalogue = actions.catalogue();
        return JsonAnswer.ok(out -> {
            out.writeStartObject();
            out.writeFieldName("builtin_actions");
            JsonAnswer.array(catalogue.builtinActions(), ActionRoutes::write, out);
            out.writeFieldName("hooks");
            JsonAnswer.array(catalogue.hooks(), ActionRoutes::write, out);
            out.writeEndObject();
        });
    }

    private HttpAnswer hooks() {
        var hooks = actions.catalogue().hooks();
        return JsonAnswer.ok(out -> JsonAnswer.array(hooks, ActionRoutes::write, out));
    }

    private HttpAnswer run(Visit visit) throws RefusedRequest, IOException, InterruptedException {
        var call = call(visit);
        visit.require(Permission.RUN_ACTION, call.action());
        LOG.atInfo()
                .addKeyValue("action", call.action())
                .addKeyValue("caller", call.askedBy())
                .log("action is asked for by the node API");
        try {
            var result = actions.run(call);
            return JsonAnswer.ok(out -> {
                out.writeStartObject();
                out.writeStringField("status", result.status());
                out.writeNumberField("exit_code", result.exitCode());
                out.writeStringField("stdout", result.stdout());
                out.writeStringField("stderr", result.stderr());
                out.writeEndObject();
            });
        } catch (NodeActions.Unavailable unavailable) {
            throw refusal(unavailable);
        }
    }

    private HttpAnswer reload(Visit visit) throws RefusedRequest {
        visit.require(Permission.RELOAD_HOOKS, "");
        try {
            var hooks = actions.reloadHooks();
            return JsonAnswer.ok(out -> {
                out.writeStartObject();
                out.writeStringField("status", "reloaded");
                out.writeFieldName("hooks");
                JsonAnswer.array(hooks, ActionRoutes::write, out);
                out.writeEndObject();
            });
        } catch (NodeActions.Unavailable unavailable) {
            throw refusal(unavailable);
        }
    }

    private static RefusedRequest refusal(NodeActions.Unavailable unavailable) {
        return new RefusedRequest(503, String.valueOf(unavailable.getMessage()));
    }

    private static NodeActions.Call call(Visit visit) throws RefusedRequest, IOException {
        var json = parse(visit.body(MAX_BODY));
        var action = json.path("action").asText("");
        if (action.isBlank()) {
            throw new RefusedRequest(400, "action is required");
        }
        return new NodeActions.Call(
                action,
                parameters(json.path("parameters")),
                timeout(json.path("timeout")),
                visit.caller().name());
    }

    private static JsonNode parse(byte[] body) throws RefusedRequest {
        try {
            var json = MAPPER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException notJson) {
            LOG.atDebug().log("action with a body that is no JSON");
        }
        throw new RefusedRequest(400, "invalid JSON body");
    }

    private static Map<String, String> parameters(JsonNode json) throws RefusedRequest {
        var parameters = new HashMap<String, String>();
        if (json.isMissingNode() || json.isNull()) {
            return parameters;
        }
        for (var parameter : json.properties()) {
            if (!parameter.getValue().isTextual()) {
                throw new RefusedRequest(400, "parameters must be an object of texts");
            }
            parameters.put(parameter.getKey(), parameter.getValue().asText());
        }
        if (!json.isObject()) {
            throw new RefusedRequest(400, "parameters must be an object of texts");
        }
        return parameters;
    }

    private static Optional<Duration> timeout(JsonNode json) throws RefusedRequest {
        var text = json.asText("");
        if (text.isEmpty() || json.isNull()) {
            return Optional.empty();
        }
        var timeout = GoDuration.parse(text).filter(Duration::isPositive);
        if (timeout.isEmpty()) {
            throw new RefusedRequest(400, "timeout must be a duration such as 30s or 1m30s, more than 0");
        }
        return timeout;
    }

    private static void write(Action action, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", action.name());
        out.writeStringField("description", action.description());
        out.writeFieldName("parameters");
        JsonAnswer.array(action.parameters(), ActionRoutes::write, out);
        out.writeEndObject();
    }

    private static void write(Hook hook, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", hook.name());
        out.writeStringField("description", hook.description());
        out.writeStringField("source", hook.source());
        out.writeStringField("checksum", hook.checksum());
        out.writeFieldName("parameters");
        JsonAnswer.array(hook.parameters(), ActionRoutes::write, out);
        out.writeStringField("timeout", hook.timeout());
        out.writeBooleanField("sandbox", hook.sandbox());
        out.writeEndObject();
    }

    private static void write(Parameter parameter, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", parameter.name());
        out.writeStringField("type", parameter.type());
        out.writeBooleanField("required", parameter.required());
        if (!parameter.defaultValue().isEmpty()) {
            out.writeStringField("default", parameter.defaultValue());
        }
        out.writeStringField("description", parameter.description());
        out.writeEndObject();
    }
}
