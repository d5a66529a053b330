package io.nodeplane.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments, exit codes and words of the commands, where no agent runs. */
class CommandsTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"state", "peers", "policies", "actions", "hooks", "logs", "audit"})
    void saysWhatToDoWhenNoAgentAnswers(String command) throws IOException {
        assertEquals(1, run(command, "--config", config(), "--socket", socket()));

        assertEquals("", text(out));
        assertTrue(text(err).startsWith("plexd: no agent answers on " + socket()), text(err));
        assertTrue(text(err).contains("This node has no readable identity"), text(err));
        assertTrue(text(err).contains("Start it with: plexd up"), text(err));
    }

    @Test
    void refusesAnUnknownForm() throws IOException {
        assertEquals(2, run("state", "-o", "xml", "--config", config(), "--socket", socket()));

        assertEquals("plexd: --output: found \"xml\", expected table|json|yaml\n", text(err));
    }

    @Test
    void refusesUnknownCommandsOptionsAndConfigurations() throws IOException {
        assertEquals(2, run("stat"));
        assertEquals(2, run("state", "--nothing"));
        assertEquals(2, run("state", "extra"));
        assertEquals(2, run());
        var wrong = Files.writeString(directory.resolve("wrong.yaml"), "mode: router\n");
        assertEquals(2, run("peers", "--config", wrong.toString()));
    }

    @Test
    void hasNothingToDeregisterWithoutAnIdentity() throws IOException {
        assertEquals(1, run("deregister", "--purge", "--config", config(), "--socket", socket()));

        assertTrue(text(err).contains("holds no identity: nothing to deregister"), text(err));
    }

    @Test
    void completesCommandsAndOptionsInBothShells() {
        assertEquals(0, run("completion", "bash"));
        var script = text(out);
        for (var word : new String[] {"deregister", "policies", "--output", "--purge", "complete -F", "bashcompinit"}) {
            assertTrue(script.contains(word), word);
        }
        assertEquals(0, run("completion", "zsh"));
        assertEquals(2, run("completion", "fish"));
        assertEquals(2, run("completion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "deregister", "completion"})
    void explainsItself(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(text(out).contains("Usage: plexd " + command), text(out));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Commands.run(arguments, new Console(Map.of(), print(out), print(err)));
    }

    private String config() throws IOException {
        var yaml = "api: {base_url: 'http://127.0.0.1:1'}\ndata_dir: " + directory.resolve("data")
                + "\nhealth: {listen: '127.0.0.1:0'}\n";
        return Files.writeString(directory.resolve("config.yaml"), yaml).toString();
    }

    private String socket() {
        return directory.resolve("none.sock").toString();
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
