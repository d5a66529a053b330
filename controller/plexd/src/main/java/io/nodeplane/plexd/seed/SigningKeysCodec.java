package io.nodeplane.plexd.seed;

import io.nodeplane.plexd.identity.SigningKey;
import io.nodeplane.plexd.state.NodeState.SigningKeys;
import io.nodeplane.plexd.wire.Fields;
import io.nodeplane.plexd.wire.JsonReader;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code {current, previous?, transition_expires?}} in the state and in {@code signing_key_rotated} events. */
final class SigningKeysCodec {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeysCodec.class);
    private static final Map<String, JsonReader.Value<?>> MEMBERS = Map.of(
            "current", JsonReader::text,
            "previous", JsonReader::text,
            "transition_expires", JsonReader::time);

    private SigningKeysCodec() {}

    /** Absent when there is no usable current key: an empty or short key must never replace a good one (facts 4.4). */
    static Optional<SigningKeys> read(JsonReader in) throws IOException {
        var fields = in.fields(MEMBERS);
        var expires = fields.time("transition_expires").map(OffsetDateTime::toInstant);
        return key("current", fields).map(current -> new SigningKeys(current, key("previous", fields), expires));
    }

    private static Optional<SigningKey> key(String member, Fields fields) {
        var text = fields.text(member);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SigningKey(text));
        } catch (IllegalArgumentException unusable) {
            LOG.atDebug().addKeyValue("member", member).log("unusable signing key ignored");
            return Optional.empty();
        }
    }
}
