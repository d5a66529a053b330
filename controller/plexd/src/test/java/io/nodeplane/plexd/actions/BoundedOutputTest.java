package io.nodeplane.plexd.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedOutputTest {
    @Test
    void keepsWhatFits() {
        assertEquals("12345678", output("12345678", 8));
    }

    @Test
    void saysThatThereWasMore() {
        assertEquals("12345678\n...[truncated]", output("123456789", 8));
    }

    @Test
    void keepsNothingOfASecondWriteBehindTheLimit() {
        var output = new BoundedOutput(4);

        output.write("1234".getBytes(UTF_8), 0, 4);
        output.write('5');
        output.write("6789".getBytes(UTF_8), 0, 4);

        assertEquals("1234\n...[truncated]", output.text());
    }

    @ParameterizedTest(name = "{0} at {1} bytes")
    @CsvSource({"aä, 2, a", "aä-, 3, aä", "a€, 3, a", "a€-, 4, a€", "a😀, 4, a", "a😀-, 5, a😀", "aé, 1, a"})
    void cutsNoCharacterInTwo(String printed, int limit, String kept) {
        assertEquals(kept + "\n...[truncated]", output(printed, limit));
    }

    private static String output(String printed, int limit) {
        var output = new BoundedOutput(limit);
        var bytes = printed.getBytes(UTF_8);
        output.write(bytes, 0, bytes.length);
        return output.text();
    }
}
