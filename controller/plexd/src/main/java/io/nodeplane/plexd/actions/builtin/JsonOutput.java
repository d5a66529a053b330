package io.nodeplane.plexd.actions.builtin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.nodeplane.plexd.actions.BoundedOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints one JSON object and a line break. */
final class JsonOutput {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** Writes members into the open object. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    private JsonOutput() {}

    static void print(BoundedOutput stdout, Members members) {
        try (var out = FACTORY.createGenerator(stdout)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        stdout.write('\n');
    }
}
