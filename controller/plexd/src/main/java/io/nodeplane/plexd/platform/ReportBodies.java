package io.nodeplane.plexd.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.wire.JsonBody;
import io.nodeplane.plexd.wire.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reports one by one: value by key (protocol facts 3.4 and 7.3, C). */
final class ReportBodies {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9._-]{0,127}");
    private static final int MOST_VALUE_BYTES = 4096;
    private static final int BAD_REQUEST = 400;

    private ReportBodies() {}

    /**
     * The calls to make, in ascending order of keys: a body replaces a report, none deletes it.
     *
     * @throws ApiException.Rejected when an entry can never be taken, before any is sent
     */
    static Map<String, Optional<byte[]>> byKey(List<DataEntry> changed, List<String> deleted) throws ApiException {
        var calls = new TreeMap<String, Optional<byte[]>>();
        for (var entry : changed) {
            calls.put(entry.key(), Optional.of(body(entry)));
        }
        for (var key : deleted) {
            // A key that no report can have was never there.
            if (KEY.matcher(key).matches()) {
                calls.putIfAbsent(key, Optional.empty());
            }
        }
        return calls;
    }

    private static byte[] body(DataEntry entry) throws ApiException {
        if (!KEY.matcher(entry.key()).matches()) {
            throw refused(entry, "its key must fit " + KEY.pattern());
        }
        var value = value(entry);
        if (value.getBytes(UTF_8).length > MOST_VALUE_BYTES) {
            throw refused(entry, "its value must be at most " + MOST_VALUE_BYTES + " bytes");
        }
        return JsonBody.object(out -> out.writeStringField("value", value));
    }

    /** Values are texts here: a payload that is a text travels as it is, any other as its JSON. */
    private static String value(DataEntry entry) throws ApiException.Malformed {
        var json = entry.payloadJson().strip();
        return json.startsWith("\"")
                ? JsonReader.document("report " + entry.key(), json.getBytes(UTF_8), JsonReader::text)
                : json;
    }

    private static ApiException.Rejected refused(DataEntry entry, String why) {
        return new ApiException.Rejected(
                BAD_REQUEST, "report " + entry.key() + " cannot be told to this control plane: " + why);
    }
}
