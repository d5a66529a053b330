package io.nodeplane.plexd.actions.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.actions.ExecutionResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultJsonTest {
    private final ResultJson json = new ResultJson();

    @Test
    void readsWhatItWrote() throws IOException {
        var result = new ExecutionResult(
                "e/1 \"ä\"",
                ExecutionResult.Status.CANCELLED,
                -1,
                "out\u0000\n",
                "err",
                Duration.ofMillis(1234),
                Instant.parse("2026-02-20T12:00:00.123456789Z"),
                Optional.of("{\"type\":\"user\"}"));

        assertEquals(result, json.read(json.write(result)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"execution_id\":\"e\",\"status\":\"DONE\"}", "{\"execution_id\":\"e"})
    void saysWhatIsNoResult(String text) {
        assertThrows(IOException.class, () -> json.read(text.getBytes(UTF_8)));
    }
}
