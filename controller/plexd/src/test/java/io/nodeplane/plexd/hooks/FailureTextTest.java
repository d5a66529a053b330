package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read of a failed hook (seed "PlexdHook CRD Reference"). */
class FailureTextTest {
    private static final JobObserved JOB =
            Hooks.job(Hooks.hook("any", Hooks.spec(new Target.AnyNode())), "node-a", Phase.FAILED);

    @Test
    void tellsCodeReasonAndTheLastLines() {
        var pod = new PodObserved("", Optional.of(3), "Error", "", List.of("checking", "disk is full"));

        assertEquals(
                "the container ended with code 3 (Error); Job: BackoffLimitExceeded\nchecking\ndisk is full",
                FailureText.of(JOB, Optional.of(pod)));
    }

    @Test
    void tellsWhyAPodEndedWithoutItsContainer() {
        var pod = new PodObserved("", Optional.empty(), "Evicted", "the node was low on memory", List.of());

        assertEquals(
                "the pod ended: Evicted, the node was low on memory; Job: BackoffLimitExceeded",
                FailureText.of(JOB, Optional.of(pod)));
    }

    @Test
    void tellsWhatTheJobSaysWhenThePodIsGone() {
        assertEquals(
                "Job has reached the specified backoff limit; Job: BackoffLimitExceeded",
                FailureText.of(JOB, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connecting with password=hunter2 now         | connecting with password=*** now
            {"apiKey": "abc", "n": 1}                    | {"apiKey": ***, "n": 1}
            Authorization: Bearer abc.def                | Authorization: Bearer ***
            token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x | token ***
            a line without anything                      | a line without anything
            """)
    void hidesWhatLooksLikeASecret(String line, String shown) {
        assertEquals(shown, FailureText.line(line));
    }

    @Test
    void isBoundedAndWithoutControlCharacters() {
        var lines = Collections.nCopies(500, "\u001b[31m" + "x".repeat(10_000));
        var text = FailureText.of(JOB, Optional.of(new PodObserved("", Optional.of(1), "Error", "", lines)));

        assertTrue(text.length() <= 2_048, text.length() + " characters");
        assertFalse(text.contains("\u001b"), "an escape reaches the terminal");
    }
}
