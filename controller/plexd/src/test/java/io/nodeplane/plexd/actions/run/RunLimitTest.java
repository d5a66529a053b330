package io.nodeplane.plexd.actions.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.actions.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLimitTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");

    @ParameterizedTest(name = "asked {0}, hook {1}, expires in {2}: {3} s")
    @CsvSource({
        "  ,   ,    , 60",
        "30,   ,    , 30",
        "90,   ,    , 60",
        "0 ,   ,    , 60",
        "-5,   ,    , 60",
        "  , 20,    , 20",
        "  , 99,    , 60",
        "30, 20,    , 30",
        "30,   , 10 , 10",
        "30,   , 90 , 30",
        "  ,   , 0  , 0",
        "  ,   , -9 , 0",
    })
    void isTheLeastOfAll(
            @Nullable Integer asked, @Nullable Integer declared, @Nullable Integer expiresIn, int expected) {
        var request = new Execution(
                "e",
                "a",
                Map.of(),
                seconds(asked),
                seconds(expiresIn).map(NOON::plus),
                Optional.empty(),
                Optional.empty());

        var limit = RunLimit.of(request, seconds(declared), Duration.ofSeconds(60), NOON);

        assertEquals(Duration.ofSeconds(expected), limit);
    }

    private static Optional<Duration> seconds(@Nullable Integer seconds) {
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
    }
}
