package io.nodeplane.plexd.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.actions.Execution;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions.Acknowledgement;
import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.wire.GoJson;
import io.nodeplane.plexd.wire.GoText;
import io.nodeplane.plexd.wire.JsonBody;
import io.nodeplane.plexd.wire.JsonReader;
import io.nodeplane.runtime.config.GoDuration;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Requests, answers and results of actions, and violations, in the seeds' contract (protocol facts 3.2, 8.1 and 8.5). */
final class SeedExecutions {
    /** Longer ones are not given back; the contract's four members need some hundred bytes. */
    private static final int MAX_TRIGGER_BYTES = 4096;

    private static final Map<String, JsonReader.Value<?>> REQUEST = Map.of(
            "execution_id", JsonReader::text,
            "action", JsonReader::text,
            "parameters", JsonReader::texts,
            "timeout", JsonReader::text,
            "checksum", JsonReader::text,
            "triggered_by", JsonReader::raw);

    private SeedExecutions() {}

    static Execution request(JsonReader in) throws IOException {
        var fields = in.fields(REQUEST);
        try {
            return new Execution(
                    fields.required("execution_id"),
                    fields.text("action"),
                    fields.texts("parameters"),
                    // One that cannot be read is none: the agent's maximum holds (protocol facts 8.1).
                    GoDuration.parse(fields.text("timeout")),
                    Optional.empty(),
                    Optional.of(fields.text("checksum").toLowerCase(Locale.ROOT))
                            .filter(text -> !text.isEmpty()),
                    fields.raw("triggered_by").flatMap(SeedExecutions::trigger));
        } catch (IllegalArgumentException wrongId) {
            throw in.fault(wrongId.getMessage() + " as member execution_id");
        }
    }

    private static Optional<String> trigger(byte[] raw) {
        var isObject = raw.length > 0 && raw[0] == '{' && raw.length <= MAX_TRIGGER_BYTES;
        return isObject ? Optional.of(new String(GoJson.compact(raw), UTF_8)) : Optional.empty();
    }

    static byte[] acknowledgement(Acknowledgement acknowledgement) {
        return JsonBody.object(out -> {
            out.writeStringField("execution_id", acknowledgement.executionId());
            switch (acknowledgement) {
                case Acknowledgement.Accepted _ -> {
                    out.writeStringField("status", "accepted");
                    out.writeStringField("reason", "");
                }
                case Acknowledgement.Rejected rejected -> {
                    out.writeStringField("status", "rejected");
                    out.writeStringField("reason", rejected.reason().word());
                }
            }
        });
    }

    static byte[] result(ExecutionResult result) {
        return JsonBody.object(out -> {
            out.writeStringField("execution_id", result.executionId());
            out.writeStringField("status", result.status().word());
            out.writeNumberField("exit_code", result.exitCode());
            out.writeStringField("stdout", result.stdout());
            out.writeStringField("stderr", result.stderr());
            out.writeStringField("duration", GoText.duration(result.duration()));
            out.writeStringField("finished_at", result.finishedAt().toString());
            if (result.triggeredBy().isPresent()) {
                out.writeFieldName("triggered_by");
                out.writeRawValue(result.triggeredBy().get());
            }
        });
    }

    static byte[] violation(Violation violation) {
        return JsonBody.object(out -> {
            out.writeStringField("type", violation.kind().word());
            out.writeStringField("path", violation.path());
            out.writeStringField("expected_checksum", violation.expected());
            out.writeStringField("actual_checksum", violation.actual());
            out.writeStringField("detail", violation.detail());
            out.writeStringField("timestamp", violation.at().toString());
        });
    }
}
