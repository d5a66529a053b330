package io.nodeplane.plexd.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Texts as records, so that the engine's tests need no feature. */
final class TextJson extends RecordJson<String> {
    @Override
    protected int weight(String text) {
        return text.length();
    }

    @Override
    protected void write(String text, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("text", text);
        out.writeEndObject();
    }

    @Override
    protected String read(JsonParser in) throws IOException {
        in.nextToken();
        return required(in.nextTextValue(), "text");
    }
}
