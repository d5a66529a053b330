package io.nodeplane.plexd.actions.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger's file: {@code {"begun":[{…}],"finished":["id",…]}}. */
final class LedgerJson {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** What a file holds. */
    record Stored(List<ExecutionLedger.Begun> begun, List<String> finished) {
        Stored {
            begun = List.copyOf(begun);
            finished = List.copyOf(finished);
        }
    }

    private LedgerJson() {}

    static byte[] write(Collection<ExecutionLedger.Begun> begun, Collection<String> finished) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("begun");
            for (var each : begun) {
                out.writeStartObject();
                out.writeStringField("id", each.id());
                out.writeStringField("action", each.action());
                out.writeStringField("at", each.at().toString());
                out.writeStringField("triggered_by", each.triggeredBy().orElse(""));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("finished");
            for (var id : finished) {
                out.writeString(id);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static Stored read(byte[] json) throws IOException {
        var begun = new ArrayList<ExecutionLedger.Begun>();
        var finished = new ArrayList<String>();
        try (var in = FACTORY.createParser(json)) {
            expect(in.nextToken(), JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var member = in.currentName();
                expect(in.nextToken(), JsonToken.START_ARRAY);
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    if (member.equals("begun")) {
                        begun.add(begun(in));
                    } else {
                        expect(in.currentToken(), JsonToken.VALUE_STRING);
                        finished.add(in.getText());
                    }
                }
            }
            expect(in.currentToken(), JsonToken.END_OBJECT);
        } catch (DateTimeException noTime) {
            throw new IOException("expected a time", noTime);
        }
        return new Stored(begun, finished);
    }

    private static ExecutionLedger.Begun begun(JsonParser in) throws IOException {
        expect(in.currentToken(), JsonToken.START_OBJECT);
        Map<String, String> texts = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var name = in.currentName();
            in.nextToken();
            texts.put(name, in.getText());
        }
        return new ExecutionLedger.Begun(
                texts.getOrDefault("id", ""),
                texts.getOrDefault("action", ""),
                Instant.parse(texts.getOrDefault("at", "")),
                Optional.of(texts.getOrDefault("triggered_by", "")).filter(json -> !json.isEmpty()));
    }

    private static void expect(JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("expected " + expected + ", found " + found);
        }
    }
}
