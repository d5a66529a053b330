package io.nodeplane.plexd.filehooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import io.nodeplane.runtime.config.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code <hook>.json} says about a hook (protocol facts 8.2): {@code description}, {@code parameters[]}, {@code timeout},
 * {@code sandbox}; all optional, others ignored.
 */
record Sidecar(String description, List<Parameter> parameters, Optional<Duration> timeout, boolean sandbox) {
    /** Of a hook without the file. */
    static final Sidecar NONE = new Sidecar("", List.of(), Optional.empty(), false);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> TYPES = List.of("string", "bool", "int");

    Sidecar {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads it.
     *
     * @throws IOException naming member, value and expectation
     */
    static Sidecar read(byte[] json) throws IOException {
        var root = MAPPER.readTree(json);
        if (root == null || !root.isObject()) {
            throw new IOException("expected a JSON object");
        }
        var parameters = new ArrayList<Parameter>();
        var declared = root.path("parameters");
        if (!isAbsent(declared) && !declared.isArray()) {
            throw wrong("parameters", declared, "a list of objects");
        }
        for (var parameter : declared) {
            parameters.add(parameter(parameter));
        }
        return new Sidecar(text(root, "description"), parameters, timeout(root), flag(root, "sandbox"));
    }

    private static Parameter parameter(JsonNode node) throws IOException {
        var name = text(node, "name");
        if (name.isEmpty()) {
            throw wrong("parameters[].name", node.path("name"), "a non-empty text");
        }
        var type = isAbsent(node.path("type")) ? "string" : text(node, "type");
        if (!TYPES.contains(type)) {
            throw wrong("parameters[].type", node.path("type"), "one of " + TYPES);
        }
        return new Parameter(name, type, flag(node, "required"), text(node, "default"), text(node, "description"));
    }

    private static Optional<Duration> timeout(JsonNode root) throws IOException {
        var text = text(root, "timeout");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var duration = GoDuration.parse(text).filter(Duration::isPositive);
        if (duration.isEmpty()) {
            throw wrong("timeout", root.path("timeout"), "a duration such as 30s, more than 0");
        }
        return duration;
    }

    private static String text(JsonNode node, String name) throws IOException {
        var member = node.path(name);
        if (isAbsent(member)) {
            return "";
        }
        if (!member.isTextual()) {
            throw wrong(name, member, "a text");
        }
        return member.asText();
    }

    private static boolean flag(JsonNode node, String name) throws IOException {
        var member = node.path(name);
        if (!isAbsent(member) && !member.isBoolean()) {
            throw wrong(name, member, "true or false");
        }
        return member.asBoolean(false);
    }

    private static boolean isAbsent(JsonNode member) {
        return member.isMissingNode() || member.isNull();
    }

    private static IOException wrong(String name, JsonNode found, String expected) {
        return new IOException(
                "member " + name + ": " + (isAbsent(found) ? "nothing" : found) + ", expected " + expected);
    }
}
