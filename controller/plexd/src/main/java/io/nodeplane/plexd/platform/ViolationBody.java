package io.nodeplane.plexd.platform;

import io.nodeplane.plexd.integrity.Violation;
import io.nodeplane.plexd.integrity.Violation.Detection;
import io.nodeplane.plexd.wire.JsonBody;
import java.util.Base64;
import java.util.HexFormat;

/** A violation as the platform takes it (protocol facts 8.5): digests in base64, one of three words for what made the agent look. */
final class ViolationBody {
    private ViolationBody() {}

    static byte[] of(Violation violation) {
        return JsonBody.object(out -> {
            out.writeArrayFieldStart("violations");
            out.writeStartObject();
            out.writeStringField("kind", violation.kind().word() + "_checksum");
            out.writeStringField("detected_by", detectedBy(violation.detectedBy()));
            out.writeStringField("artifact_id", violation.path());
            out.writeStringField("observed_checksum", base64(violation.actual()));
            out.writeStringField("expected_checksum", base64(violation.expected()));
            out.writeEndObject();
            out.writeEndArray();
        });
    }

    /** The platform has no word for the looks at every interval; they scan as the first one does. */
    private static String detectedBy(Detection detection) {
        return switch (detection) {
            case STARTUP_SCAN, PERIODIC_SCAN -> Detection.STARTUP_SCAN.word();
            case INOTIFY, PRE_DISPATCH -> detection.word();
        };
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
