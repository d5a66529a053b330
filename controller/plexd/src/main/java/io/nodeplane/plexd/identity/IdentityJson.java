package io.nodeplane.plexd.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The text of {@code identity.json}: indented, members {@code node_id}, {@code mesh_ip}, {@code signing_public_key}; the
 * others are written only when they say something, so that a file of the seeds' contract is what it always was.
 *
 * @param contract word of a {@link WireContract}, empty for the seeds'
 * @param lastRotation when the mesh key was rotated last, RFC 3339, empty for never
 */
record IdentityJson(
        String nodeId,
        String meshIp,
        String signingPublicKey,
        String contract,
        String signingKeyId,
        String meshCidr,
        String lastRotation) {
    private static final JsonFactory JSON = new JsonFactory();

    static IdentityJson of(Identity identity, String lastRotation) {
        var contract = identity.contract();
        return new IdentityJson(
                identity.nodeId().value(),
                identity.meshIp(),
                identity.signingKey().text(),
                contract == WireContract.V1_SEED ? "" : contract.word(),
                identity.signingKey().id(),
                identity.meshCidr(),
                lastRotation);
    }

    IdentityJson with(SigningKey rotated) {
        return new IdentityJson(nodeId, meshIp, rotated.text(), contract, rotated.id(), meshCidr, lastRotation);
    }

    IdentityJson rotatedAt(String time) {
        return new IdentityJson(nodeId, meshIp, signingPublicKey, contract, signingKeyId, meshCidr, time);
    }

    /** An old file names none: it is of the seeds' contract. */
    WireContract wireContract() throws IOException {
        if (contract.isEmpty()) {
            return WireContract.V1_SEED;
        }
        return WireContract.of(contract)
                .orElseThrow(() -> new IOException("member contract names one that this agent does not speak"));
    }

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
                required(texts, "node_id"),
                required(texts, "mesh_ip"),
                texts.getOrDefault("signing_public_key", ""),
                texts.getOrDefault("contract", ""),
                texts.getOrDefault("signing_key_id", ""),
                texts.getOrDefault("domain_mesh_cidr", ""),
                texts.getOrDefault("last_rotation", ""));
    }

    byte[] bytes() throws IOException {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            generator.writeStartObject();
            generator.writeStringField("node_id", nodeId);
            generator.writeStringField("mesh_ip", meshIp);
            generator.writeStringField("signing_public_key", signingPublicKey);
            writeUnlessEmpty("contract", contract, generator);
            writeUnlessEmpty("signing_key_id", signingKeyId, generator);
            writeUnlessEmpty("domain_mesh_cidr", meshCidr, generator);
            writeUnlessEmpty("last_rotation", lastRotation, generator);
            generator.writeEndObject();
        }
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void writeUnlessEmpty(String name, String text, JsonGenerator out) throws IOException {
        if (!text.isEmpty()) {
            out.writeStringField(name, text);
        }
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
