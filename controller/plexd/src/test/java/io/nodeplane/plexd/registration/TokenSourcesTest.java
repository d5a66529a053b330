package io.nodeplane.plexd.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the bootstrap token comes from (seed "Environment variables"). */
class TokenSourcesTest {
    private static final InstanceMetadata METADATA = (path, _) -> "from " + path + "\n";
    private static final InstanceMetadata NO_METADATA = (_, _) -> {
        throw new IOException("status 404");
    };

    @TempDir
    Path directory;

    @Test
    void prefersValueToFileToVariableToMetadata() throws Exception {
        var file = Files.writeString(directory.resolve("token"), " from-file \n");
        var variables = Map.of("TOKEN", " from-variable ");

        assertEquals("from-value", token(sources("from-value", file, variables, METADATA)));
        assertEquals("from-file", token(sources("", file, variables, METADATA)));
        assertEquals("from-variable", token(sources("", missing(), variables, METADATA)));
        assertEquals("from /imds", token(sources("", missing(), Map.of(), METADATA)));
    }

    @Test
    void remembersTheFileForItsDeletion() throws Exception {
        var file = Files.writeString(directory.resolve("token"), "t");

        assertEquals(
                Optional.of(file), sources("", file, Map.of(), METADATA).find().file());
        assertEquals(
                Optional.empty(), sources("v", file, Map.of(), METADATA).find().file());
    }

    @Test
    void fallsThroughAnEmptyFile() throws Exception {
        var empty = Files.writeString(directory.resolve("token"), "\n");

        assertEquals("t", token(sources("", empty, Map.of("TOKEN", "t"), METADATA)));
    }

    @Test
    void listsEverySourceWhenNoneHasAToken() {
        var sources = sources("", missing(), Map.of("TOKEN", " "), NO_METADATA);

        var told = String.valueOf(
                assertThrows(RegistrationFailed.class, sources::find).getMessage());
        assertEquals(
                "no bootstrap token found; sources tried: registration.token_value (not set); file " + missing()
                        + " (not there); variable TOKEN (not set); instance metadata /imds (status 404)",
                told);
    }

    @Test
    void stopsAtAFileThatCannotBeRead() {
        var told = String.valueOf(assertThrows(
                        RegistrationFailed.class,
                        () -> sources("", directory, Map.of("TOKEN", "t"), METADATA)
                                .find())
                .getMessage());
        assertTrue(told.contains("file " + directory + " cannot be read"), told);
    }

    @Test
    void refusesATokenOfSixHundredBytesWithoutShowingIt() {
        var told = String.valueOf(assertThrows(
                        RegistrationFailed.class,
                        () -> sources("", missing(), Map.of("TOKEN", "s".repeat(600)), METADATA)
                                .find())
                .getMessage());
        assertEquals("variable TOKEN: bootstrap token has 600 characters, expected 1 to 512", told);
    }

    @Test
    void refusesATokenThatIsNoPrintableAscii() {
        var told = String.valueOf(assertThrows(
                        RegistrationFailed.class,
                        () -> sources("", missing(), Map.of("TOKEN", "se\tsame"), METADATA)
                                .find())
                .getMessage());
        assertFalse(told.contains("sesame"), told);
        assertTrue(told.contains("outside printable ASCII"), told);
    }

    private Path missing() {
        return directory.resolve("missing");
    }

    private static String token(TokenSources sources) throws Exception {
        return sources.find().token().value();
    }

    private static TokenSources sources(
            String value, Path file, Map<String, String> variables, InstanceMetadata metadata) {
        var config = new RegistrationConfig(
                value, file, "TOKEN", true, "/imds", Duration.ofSeconds(1), "host", Map.of(), Duration.ofMinutes(5));
        return new TokenSources(config, variables, metadata);
    }
}
