package io.nodeplane.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The version of this build. */
final class Version {
    /** For example {@code 0.1.0}; {@code dev} when the build left none. */
    static final String TEXT = read();

    private Version() {}

    private static String read() {
        try (var file = Version.class.getResourceAsStream("version.txt")) {
            var text = file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() || text.startsWith("$") ? "dev" : text;
        } catch (IOException unreadable) {
            return "dev";
        }
    }
}
