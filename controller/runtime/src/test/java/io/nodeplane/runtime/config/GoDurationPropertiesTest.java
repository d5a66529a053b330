package io.nodeplane.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;

/** What holds for every duration and every text. */
class GoDurationPropertiesTest {
    @Property
    void readsBackWhatItWrites(@ForAll long nanoseconds) {
        // The one that has no opposite, and that Go writes as a special case.
        var duration = Duration.ofNanos(nanoseconds == Long.MIN_VALUE ? 0 : nanoseconds);

        assertEquals(Optional.of(duration), GoDuration.parse(GoDuration.format(duration)));
    }

    @Property
    void readsAnyTextOrNone(
            @ForAll @Chars({'h', 'm', 's', 'u', 'n', '\u00b5', '.', '-', '+'}) @CharRange(from = '0', to = '9')
                    String text) {
        GoDuration.parse(text)
                .ifPresent(read -> assertEquals(Optional.of(read), GoDuration.parse(GoDuration.format(read))));
    }
}
