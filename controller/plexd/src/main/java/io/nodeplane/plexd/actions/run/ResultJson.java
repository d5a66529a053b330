package io.nodeplane.plexd.actions.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.outbox.ItemJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Results in the files of their outbox. */
public final class ResultJson implements ItemJson<ExecutionResult> {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    @Override
    public String key(ExecutionResult result) {
        return result.executionId();
    }

    @Override
    public byte[] write(ExecutionResult result) {
        var bytes = new ByteArrayOutputStream();
        try (var out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("execution_id", result.executionId());
            out.writeStringField("status", result.status().name());
            out.writeStringField("exit_code", String.valueOf(result.exitCode()));
            out.writeStringField("stdout", result.stdout());
            out.writeStringField("stderr", result.stderr());
            out.writeStringField("duration", result.duration().toString());
            out.writeStringField("finished_at", result.finishedAt().toString());
            out.writeStringField("triggered_by", result.triggeredBy().orElse(""));
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public ExecutionResult read(byte[] bytes) throws IOException {
        var texts = texts(bytes);
        try {
            return new ExecutionResult(
                    text(texts, "execution_id"),
                    ExecutionResult.Status.valueOf(text(texts, "status")),
                    Integer.parseInt(text(texts, "exit_code")),
                    text(texts, "stdout"),
                    text(texts, "stderr"),
                    Duration.parse(text(texts, "duration")),
                    Instant.parse(text(texts, "finished_at")),
                    Optional.of(text(texts, "triggered_by")).filter(json -> !json.isEmpty()));
        } catch (IllegalArgumentException | DateTimeException damaged) {
            throw new IOException("no stored result: " + damaged.getMessage(), damaged);
        }
    }

    private static String text(Map<String, String> texts, String name) throws IOException {
        var text = texts.get(name);
        if (text == null) {
            throw new IOException("no stored result: member " + name + " is missing");
        }
        return text;
    }

    private static Map<String, String> texts(byte[] bytes) throws IOException {
        var texts = new HashMap<String, String>();
        try (var in = FACTORY.createParser(bytes)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no stored result: expected a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var name = in.currentName();
                in.nextToken();
                texts.put(name, in.getText());
            }
        }
        return texts;
    }
}
