package io.nodeplane.plexd.nodeapi.routes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.nodeplane.runtime.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers in JSON. */
final class JsonAnswer {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TYPE = "application/json";

    private JsonAnswer() {}

    /** Writes one value. */
    @FunctionalInterface
    interface Value {
        void write(JsonGenerator out) throws IOException;
    }

    /** Writes one of many values. */
    @FunctionalInterface
    interface Item<T> {
        void write(T item, JsonGenerator out) throws IOException;
    }

    static HttpAnswer ok(Value value) {
        return of(200, value);
    }

    static HttpAnswer of(int status, Value value) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = JSON.createGenerator(bytes)) {
            value.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        bytes.write('\n');
        return HttpAnswer.of(status, TYPE, bytes.toByteArray());
    }

    /** {@code {"error":"…"}} (protocol facts 7.2). */
    static HttpAnswer error(int status, String reason) {
        return of(status, out -> {
            out.writeStartObject();
            out.writeStringField("error", reason);
            out.writeEndObject();
        });
    }

    /** A list is an array, never {@code null}. */
    static <T> void array(Iterable<T> items, Item<T> item, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (var each : items) {
            item.write(each, out);
        }
        out.writeEndArray();
    }
}
