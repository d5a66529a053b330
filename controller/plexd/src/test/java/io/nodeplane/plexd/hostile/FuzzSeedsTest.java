package io.nodeplane.plexd.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every seed and every finding of {@code make fuzz} once more, without the fuzzer. */
class FuzzSeedsTest {
    private static final Path SEEDS = Path.of("src/test/fuzz");

    /** What the fuzzer calls. */
    @FunctionalInterface
    interface Target {
        void take(byte[] data) throws Exception;
    }

    private static final Map<String, Target> TARGETS = Map.of(
            "config", ConfigTarget::fuzzerTestOneInput,
            "stream", StreamTarget::fuzzerTestOneInput,
            "audit", AuditTarget::fuzzerTestOneInput,
            "canonical", CanonicalTarget::fuzzerTestOneInput,
            "state", StateTarget::fuzzerTestOneInput);

    static Stream<Arguments> seeds() throws IOException {
        try (var files = Files.walk(SEEDS)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".dict"))
                    .sorted()
                    .map(file -> Arguments.of(SEEDS.relativize(file).getName(0).toString(), file))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("seeds")
    void holds(String target, Path seed) throws IOException {
        var data = Files.readAllBytes(seed);

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> TARGETS.get(target).take(data));
    }

    @Test
    void everyTargetHasSeeds() throws IOException {
        for (var target : TARGETS.keySet()) {
            try (var seeds = Files.list(SEEDS.resolve(target))) {
                assertFalse(seeds.toList().isEmpty(), target);
            }
        }
    }
}
