package io.nodeplane.plexd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's configuration table is the code's; {@code -Dgolden=update} rewrites it. */
class ReadmeTableTest {
    private static final Path README = Path.of("../../README.md");
    private static final String BEGIN = "<!-- configuration:begin -->\n";
    private static final String END = "<!-- configuration:end -->\n";

    @Test
    void readmeShowsTheTableOfTheCode() throws IOException {
        var readme = Files.readString(README);
        var from = readme.indexOf(BEGIN) + BEGIN.length();
        var to = readme.indexOf(END);
        var table = PlexdKeys.all().markdown();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
            return;
        }

        assertEquals(table, readme.substring(from, to), "run make generate");
    }
}
