package io.nodeplane.plexd.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of every hostile input that needs no socket; {@code SmallHeapIT} runs all of them on the heap of a node. */
class HostileInputTest {
    /** A corpus that shrinks is a test that is lost. */
    private static final int AT_LEAST = 200;

    static Stream<Arguments> rows() {
        return Corpus.inMemory().stream()
                .flatMap(group -> group.rows().stream().map(row -> Arguments.of(group.name(), row, group)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void comesToWhatItShould(String kind, Row row, Group group) {
        var outcome = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> group.outcome(row));

        assertTrue(outcome.startsWith(row.expected()), () -> "expected: " + row.expected() + "\n     got: " + outcome);
    }

    @Test
    void holdsAtLeastTwoHundredDistinctInputs() throws Exception {
        var names = new HashSet<String>();
        var inputs = new HashMap<String, String>();
        for (var group : Corpus.all()) {
            for (var row : group.rows()) {
                var name = group.name() + ": " + row.name();
                assertTrue(names.add(name), () -> "two rows are named " + name);
                var twin = inputs.put(group.name() + digest(row), name);
                assertEquals(null, twin, () -> name + " has the same bytes");
            }
        }

        assertTrue(inputs.size() >= AT_LEAST, () -> inputs.size() + " hostile inputs");
    }

    private static long digest(Row row) throws Exception {
        var sum = new CRC32();
        try (var in = new CheckedInputStream(row.input().open(), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return sum.getValue();
    }
}
