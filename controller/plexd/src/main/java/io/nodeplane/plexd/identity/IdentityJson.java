package io.nodeplane.plexd.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The text of {@code identity.json}: indented, members {@code node_id}, {@code mesh_ip}, {@code signing_public_key}. */
record IdentityJson(String nodeId, String meshIp, String signingPublicKey) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Unknown members are left out; they belong to newer agents and come back with their next write. */
    static IdentityJson parse(byte[] json) throws IOException {
        var texts = new HashMap<String, String>();
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readMember(parser, texts);
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new IOException("more or less than one JSON object");
            }
        }
        return new IdentityJson(
                required(texts, "node_id"), required(texts, "mesh_ip"), texts.getOrDefault("signing_public_key", ""));
    }

    byte[] bytes() throws IOException {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            generator.writeStartObject();
            generator.writeStringField("node_id", nodeId);
            generator.writeStringField("mesh_ip", meshIp);
            generator.writeStringField("signing_public_key", signingPublicKey);
            generator.writeEndObject();
        }
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void readMember(JsonParser parser, Map<String, String> texts) throws IOException {
        var name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            texts.put(name, parser.getText());
            return;
        }
        parser.skipChildren();
    }

    private static String required(Map<String, String> texts, String name) throws IOException {
        var text = texts.getOrDefault(name, "");
        if (text.isBlank()) {
            throw new IOException("member " + name + " is missing or empty");
        }
        return text;
    }
}
