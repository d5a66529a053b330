package io.nodeplane.plexd.integrity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.outbox.ItemJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Violations in the files of their outbox. */
public final class ViolationJson implements ItemJson<Violation> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String key(Violation violation) {
        return violation.path();
    }

    @Override
    public byte[] write(Violation violation) {
        return MAPPER.createObjectNode()
                .put("kind", violation.kind().name())
                .put("detected_by", violation.detectedBy().name())
                .put("path", violation.path())
                .put("expected", violation.expected())
                .put("actual", violation.actual())
                .put("detail", violation.detail())
                .put("at", violation.at().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Violation read(byte[] bytes) throws IOException {
        var json = MAPPER.readTree(bytes);
        try {
            return new Violation(
                    Violation.Kind.valueOf(text(json, "kind")),
                    Violation.Detection.valueOf(text(json, "detected_by")),
                    text(json, "path"),
                    text(json, "expected"),
                    text(json, "actual"),
                    text(json, "detail"),
                    Instant.parse(text(json, "at")));
        } catch (IllegalArgumentException | DateTimeException damaged) {
            throw new IOException("no stored violation: " + damaged.getMessage(), damaged);
        }
    }

    private static String text(JsonNode json, String name) throws IOException {
        var member = json.path(name);
        if (!member.isTextual()) {
            throw new IOException("no stored violation: member " + name + " is missing");
        }
        return member.asText();
    }
}
