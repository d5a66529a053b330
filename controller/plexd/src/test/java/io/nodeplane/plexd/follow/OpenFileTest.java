package io.nodeplane.plexd.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
    @TempDir
    Path directory;

    @Test
    void holdsNoLongerWhatWasReadOnceTheFileIsEmptied() throws IOException {
        var path = Files.writeString(directory.resolve("log"), "first\nsecond\n");
        var read = "second\n".getBytes(UTF_8);
        try (var file = OpenFile.open(path)) {
            assertTrue(file.stillHolds(read, 0, read.length, 6));

            Files.writeString(path, "new\n");
            assertFalse(file.stillHolds(read, 0, read.length, 6), "shorter");

            Files.writeString(path, "other\nlines, and more\n");
            assertFalse(file.stillHolds(read, 0, read.length, 6), "grown again");
        }
    }
}
