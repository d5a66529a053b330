package io.nodeplane.plexd.privileges;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bundle's table of privileges is the code's; {@code -Dgolden=update} rewrites it. */
class PrivilegesTableTest {
    private static final Path DESIGN = Path.of("../../kustomize/DESIGN.md");
    private static final String BEGIN = "<!-- privileges:begin -->\n";
    private static final String END = "<!-- privileges:end -->\n";

    @Test
    void theDesignShowsTheTableOfTheCode() throws IOException {
        var design = Files.readString(DESIGN);
        var from = design.indexOf(BEGIN) + BEGIN.length();
        var to = design.indexOf(END);
        var table = Privileges.markdown();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(DESIGN, design.substring(0, from) + table + design.substring(to));
            return;
        }

        assertEquals(table, design.substring(from, to), "run make generate");
    }
}
