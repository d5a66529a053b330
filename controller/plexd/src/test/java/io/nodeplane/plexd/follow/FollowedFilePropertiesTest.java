package io.nodeplane.plexd.follow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What holds for every file, however it grows. */
class FollowedFilePropertiesTest {
    @Property(tries = 300)
    void givesEveryLineOnceHoweverTheFileGrows(
            @ForAll @Size(max = 6) List<
                                    @Chars({'\n', '\r', 'a'}) @CharRange(from = '\0', to = '\u00ff')
                                    @StringLength(max = 40) String>
                            writes,
            @ForAll @IntRange(min = 1, max = 64) int buffer)
            throws IOException {
        var path = Files.createTempFile("followed", ".log");
        var lines = new ArrayList<String>();
        try (var file = new FollowedFile(path, new InMemoryPositions(), new byte[buffer], true)) {
            for (var write : writes) {
                Files.writeString(path, write, ISO_8859_1, StandardOpenOption.APPEND);
                read(file, lines);
            }
        } finally {
            Files.delete(path);
        }

        var all = List.of(String.join("", writes).split("\n", -1));
        assertEquals(all.subList(0, all.size() - 1), lines);
    }

    private static void read(FollowedFile file, List<String> lines) throws IOException {
        file.begin();
        for (var line = file.next(); line != null; line = file.next()) {
            lines.add(new String(file.stream(line).readAllBytes(), ISO_8859_1));
        }
        file.accepted();
    }
}
