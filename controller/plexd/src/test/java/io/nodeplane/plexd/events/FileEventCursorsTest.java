package io.nodeplane.plexd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileEventCursorsTest extends EventCursorsContract {
    @TempDir
    Path directory;

    @Override
    EventCursors cursors() {
        return new FileEventCursors(directory.resolve("events.json"));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(strings = {"", "{", "[]", "{\"newest_issued_at\":\"yesterday\"}"})
    void startsAnewFromADamagedFile(String content) throws Exception {
        Files.writeString(directory.resolve("events.json"), content);

        assertEquals(EventCursor.START, cursors().load());
    }
}
