package io.nodeplane.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final Program AGENT =
            new Program("agent", "io.Agent", "0:0", "48m", List.of(Path.of("/a/agent.jar"), Path.of("/b/library.jar")));

    @Test
    void configuresTheLauncherWithItsClassPathInOrder() {
        var lines = AGENT.configuration(List.of(AotCache.flag("agent-1.aot")))
                .lines()
                .toList();

        assertEquals(
                List.of(
                        "[Application]",
                        "app.mainclass=io.Agent",
                        "app.classpath=$APPDIR/agent.jar",
                        "app.classpath=$APPDIR/library.jar",
                        "",
                        "[JavaOptions]"),
                lines.subList(0, 6));
        assertEquals("java-options=-XX:SharedArchiveFile=$APPDIR/agent-1.aot", lines.getLast());
        assertTrue(lines.contains("java-options=-Xmx48m"), lines.toString());
    }

    @Test
    void needsAJar() {
        assertThrows(IllegalArgumentException.class, () -> new Program("agent", "io.Agent", "0:0", "48m", List.of()));
    }
}
