package io.nodeplane.mockapi.wire;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a body, field by field. Not thread-safe: one per request. */
public final class BodyFaults {
    /** More faults than this help nobody; a batch may hold thousands. */
    private static final int MOST = 20;

    private final boolean strict;
    private final List<String> messages = new ArrayList<>();
    private int count;

    /** Faults of one body; {@code strict} takes formats and required members into account. */
    public BodyFaults(boolean strict) {
        this.strict = strict;
    }

    /** A fault at any level. */
    public void always(String path, String message) {
        count++;
        if (messages.size() < MOST) {
            messages.add((path.isEmpty() ? "body" : path) + ": " + message);
        }
    }

    /** A fault in strict mode only. */
    public void strictly(String path, String message) {
        if (strict) {
            always(path, message);
        }
    }

    /** How many faults were found, also beyond those with a message. */
    public int count() {
        return count;
    }

    /** All messages, joined. */
    public String text() {
        var joined = String.join("; ", messages);
        return count > messages.size() ? joined + "; and " + (count - messages.size()) + " more" : joined;
    }

    /** The messages in the order of the shape. */
    public List<String> messages() {
        return List.copyOf(messages);
    }
}
