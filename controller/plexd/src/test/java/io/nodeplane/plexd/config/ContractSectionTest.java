package io.nodeplane.plexd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.identity.WireContract;
import io.nodeplane.plexd.registration.ResourceClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which contract a configuration means (protocol facts 0.3). */
class ContractSectionTest {
    private static final Surroundings MACHINE = new Surroundings(Optional.empty(), "machine-1");
    private static final String PROJECT = "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a0";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}, {1} {2}: {3}")
    @CsvSource({
        "auto,    '',               '',                      V1_SEED",
        "auto,    '',               'resource_handle: edge', V1_SEED",
        "auto,    'project_id: P',  '',                      V1_SEED",
        "auto,    'project_id: P',  'resource_handle: edge', V1_2026",
        "v1-seed, 'project_id: P',  'resource_handle: edge', V1_SEED",
        "v1-2026, 'project_id: P',  'resource_handle: edge', V1_2026",
    })
    void choosesByTheWordOrByWhatIsClaimed(String word, String project, String handle, WireContract wire)
            throws IOException {
        var yaml = "api: {base_url: 'http://c', contract: " + word + "}\nregistration:\n  hostname: h\n  "
                + project.replace("P", PROJECT) + "\n  " + handle + "\n";

        assertEquals(wire, load(yaml, Map.of(), Map.of()).config().contract().wire());
    }

    @Test
    void saysThatOneOfTheTwoIsNotEnough() throws IOException {
        var loaded = load("api: {base_url: 'http://c'}\nregistration: {resource_handle: edge}", Map.of(), Map.of());

        assertEquals(1, loaded.warnings().size());
        assertTrue(
                loaded.warnings().getFirst().contains("v1-seed"),
                loaded.warnings().toString());
    }

    @Test
    void takesTheClaimFromVariablesAndFlags() throws IOException {
        var yaml = "api: {base_url: 'http://c'}";
        var claim = Optional.of(new ResourceClaim(PROJECT, "edge", "r"));

        assertEquals(
                claim,
                load(
                                yaml,
                                Map.of(
                                        "PLEXD_PROJECT_ID", PROJECT,
                                        "PLEXD_RESOURCE_HANDLE", "edge",
                                        "PLEXD_REQUESTED_RESOURCE_ID", "r"),
                                Map.of())
                        .config()
                        .contract()
                        .claim());
        assertEquals(
                claim,
                load(
                                yaml,
                                Map.of(),
                                Map.of(
                                        "--project-id", PROJECT,
                                        "--resource-handle", "edge",
                                        "--requested-resource-id", "r"))
                        .config()
                        .contract()
                        .claim());
    }

    @Test
    void claimsNothingInTheSeedsContract() throws IOException {
        var loaded = load("api: {base_url: 'http://c'}", Map.of(), Map.of());

        assertEquals(Optional.empty(), loaded.config().contract().claim());
        assertEquals(List.of(), loaded.warnings());
    }

    private ConfigFile load(String yaml, Map<String, String> variables, Map<String, String> flags) throws IOException {
        var file = Files.writeString(directory.resolve("config.yaml"), yaml);
        return ConfigFile.load(file, variables, flags, MACHINE);
    }
}
