package io.nodeplane.plexd.actions;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One request of the control plane to run an action, whatever contract brought it.
 *
 * @param id the control plane's; 1 to {@value #MAX_ID} printable characters
 * @param action name of a built-in action or of a hook
 * @param parameters as given
 * @param timeout of this run; absent when the request has none that can be read
 * @param expiresAt when nobody wants it any more
 * @param checksum lower-case hex SHA-256 that the hook's file must have
 * @param triggeredBy who asked, as JSON object text that goes back with the result
 */
public record Execution(
        String id,
        String action,
        Map<String, String> parameters,
        Optional<Duration> timeout,
        Optional<Instant> expiresAt,
        Optional<String> checksum,
        Optional<String> triggeredBy) {
    /** Characters of an id: it is a path segment, a variable of a process and kept for a long time. */
    public static final int MAX_ID = 256;

    public Execution {
        var isPrintable = id.chars().noneMatch(c -> c < 0x20 || c == 0x7f);
        // As segments of a path, dots would mean another path (RFC 3986, section 5.2.4).
        var isDots = id.equals(".") || id.equals("..");
        if (id.isBlank() || id.length() > MAX_ID || !isPrintable || isDots) {
            throw new IllegalArgumentException(
                    "execution id must be 1 to " + MAX_ID + " printable characters, not dots");
        }
        parameters = Map.copyOf(parameters);
    }

    /** Without parameters, which may hold anything. */
    @Override
    public String toString() {
        return "Execution[" + id + ", " + action + "]";
    }
}
