package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Progress;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Step;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState.Execution;
import io.nodeplane.plexd.wire.Fields;
import io.nodeplane.plexd.wire.GoJson;
import io.nodeplane.plexd.wire.JsonBody;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executions in the state, and the callbacks about them (protocol facts 3.5 and 8.3). */
final class PlatformExecutions {
    private static final Map<String, JsonReader.Value<?>> EXECUTION = Map.of(
            "execution_id", JsonReader::text,
            "action", JsonReader::text,
            "type", JsonReader::text,
            "parameters", JsonReader::raw,
            "status", JsonReader::text,
            "requested_at", JsonReader::time,
            "expires_at", JsonReader::time);
    private static final Map<String, Execution.Progress> RECORDED = Map.of(
            "pending", Execution.Progress.PENDING,
            "ack", Execution.Progress.ACKNOWLEDGED,
            "started", Execution.Progress.STARTED);
    private static final byte[] NONE = "null".getBytes(UTF_8);

    private PlatformExecutions() {}

    static List<Execution> read(JsonReader in, Curiosities curiosities) throws IOException {
        return in.list(each -> execution(each.fields(EXECUTION), curiosities)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** One that nobody could act on is left out: the rest of the state must not wait for it. */
    private static Optional<Execution> execution(Fields fields, Curiosities curiosities) throws IOException {
        var progress = Optional.ofNullable(RECORDED.get(fields.text("status")));
        if (progress.isEmpty()) {
            curiosities.met("execution with an unknown status: left alone", fields.text("status"));
            return Optional.empty();
        }
        return Optional.of(new Execution(
                fields.required("execution_id"),
                fields.text("action"),
                fields.text("type").equals("hook"),
                new String(GoJson.compact(fields.raw("parameters").orElse(NONE)), UTF_8),
                progress.get(),
                PlatformState.instant("requested_at", fields),
                PlatformState.instant("expires_at", fields)));
    }

    static byte[] body(Step step) {
        return JsonBody.object(out -> {
            out.writeStringField("status", word(step.progress()));
            if (step.exitCode().isPresent()) {
                out.writeNumberField("exit_code", step.exitCode().getAsInt());
            }
            if (!step.error().isEmpty()) {
                out.writeStringField("error", step.error());
            }
            if (step.declaredOutputBytes().isPresent()) {
                out.writeNumberField(
                        "declared_output_bytes", step.declaredOutputBytes().getAsLong());
            }
            if (step.output().isPresent()) {
                out.writeObjectFieldStart("output");
                switch (step.output().get()) {
                    case Output.Inline inline ->
                        out.writeStringField("inline", Base64.getEncoder().encodeToString(inline.bytes()));
                    case Output.Stored stored -> {
                        out.writeStringField("object_key", stored.objectKey());
                        out.writeStringField("sha256", stored.sha256());
                    }
                }
                out.writeEndObject();
            }
        });
    }

    private static String word(Progress progress) {
        return switch (progress) {
            case ACKNOWLEDGED -> "ack";
            case STARTED -> "started";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }

    static Optional<String> uploadUrl(byte[] answer) throws ApiException.Malformed {
        return JsonReader.document("execution", answer, in -> {
            var url = in.fields(Map.of("output_upload_url", JsonReader::text)).text("output_upload_url");
            return url.isEmpty() ? Optional.<String>empty() : Optional.of(url);
        });
    }
}
