package io.nodeplane.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * A command that shows what one route of the node API says.
 *
 * @param name of the command
 * @param sentence for its help
 * @param path of the route
 * @param table the answer for people
 */
public record View(String name, String sentence, String path, Function<JsonNode, Table> table) {
    /** All of them. */
    public static final List<View> ALL = List.of(
            new View("state", "Shows what the control plane wants of this node.", "/v1/state", View::state),
            new View("peers", "Lists the peers of this node's mesh.", "/v1/peers", View::peers),
            new View("policies", "Lists the network policies of this node.", "/v1/policies", View::policies),
            new View("actions", "Lists what this node can run on request.", "/v1/actions", View::actions),
            new View("hooks", "Lists this node's hooks.", "/v1/hooks", View::hooks),
            new View("logs", "Shows how log forwarding is.", "/v1/log-status", View::forwarding),
            new View("audit", "Shows how the forwarding of audit records is.", "/v1/audit/status", View::forwarding));

    private static Table state(JsonNode answer) {
        var rows = new ArrayList<List<String>>();
        answer.path("metadata")
                .properties()
                .forEach(label -> rows.add(
                        List.of("metadata", label.getKey(), "", label.getValue().asText())));
        items(answer.path("data_keys"))
                .forEach(entry -> rows.add(
                        List.of("data", text(entry, "key"), text(entry, "version"), text(entry, "content_type"))));
        items(answer.path("secret_keys"))
                .forEach(ref -> rows.add(List.of("secret", text(ref, "key"), text(ref, "version"), "")));
        items(answer.path("report_keys"))
                .forEach(entry -> rows.add(List.of("report", text(entry, "key"), text(entry, "version"), "")));
        return new Table(List.of("KIND", "KEY", "VERSION", "VALUE"), rows);
    }

    private static Table peers(JsonNode answer) {
        return new Table(
                List.of("ID", "MESH IP", "ENDPOINT", "PUBLIC KEY"),
                items(answer).stream()
                        .map(peer -> List.of(
                                text(peer, "id"),
                                text(peer, "mesh_ip"),
                                text(peer, "endpoint"),
                                text(peer, "public_key")))
                        .toList());
    }

    private static Table policies(JsonNode answer) {
        var rows = new ArrayList<List<String>>();
        for (var policy : items(answer)) {
            for (var rule : items(policy.path("rules"))) {
                var port = rule.path("port").asInt() == 0 ? "any" : text(rule, "port");
                rows.add(List.of(
                        text(policy, "id"),
                        text(rule, "action"),
                        text(rule, "src"),
                        text(rule, "dst"),
                        text(rule, "protocol"),
                        port));
            }
        }
        return new Table(List.of("POLICY", "ACTION", "SOURCE", "DESTINATION", "PROTOCOL", "PORT"), rows);
    }

    private static Table actions(JsonNode answer) {
        var rows = new ArrayList<List<String>>();
        items(answer.path("builtin_actions")).forEach(action -> rows.add(action(action, "builtin")));
        items(answer.path("hooks")).forEach(hook -> rows.add(action(hook, "hook")));
        return new Table(List.of("NAME", "KIND", "PARAMETERS", "DESCRIPTION"), rows);
    }

    private static List<String> action(JsonNode action, String kind) {
        var parameters = items(action.path("parameters")).stream()
                .map(parameter -> text(parameter, "name")
                        + (parameter.path("required").asBoolean() ? "" : "=" + text(parameter, "default")))
                .toList();
        return List.of(text(action, "name"), kind, String.join(",", parameters), text(action, "description"));
    }

    private static Table hooks(JsonNode answer) {
        return new Table(
                List.of("NAME", "SOURCE", "TIMEOUT", "SANDBOX", "SHA-256", "DESCRIPTION"),
                items(answer).stream()
                        .map(hook -> List.of(
                                text(hook, "name"),
                                text(hook, "source"),
                                text(hook, "timeout"),
                                hook.path("sandbox").asBoolean() ? "yes" : "no",
                                text(hook, "checksum"),
                                text(hook, "description")))
                        .toList());
    }

    private static Table forwarding(JsonNode answer) {
        return new Table(
                List.of("ENABLED", "SOURCES", "BUFFERED", "ERRORS", "LAST REPORT"),
                List.of(List.of(
                        answer.path("enabled").asBoolean() ? "yes" : "no",
                        text(answer, "source_count"),
                        text(answer, "buffer_size"),
                        text(answer, "error_count"),
                        text(answer, "last_report_at"))));
    }

    private static List<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).asText();
    }
}
