package io.nodeplane.mockapi.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExcerptTest {
    static String[][] texts() {
        return new String[][] {
            {"as it is", "<b>Grüße</b> 🚀", "<b>Grüße</b> 🚀"},
            {"line ends", "a\r\nb", "a␍␊b"},
            {"tab", "a\tb", "a b"},
            {"terminal escape", "\u001b[2J\u0007", "␛[2J␇"},
            {"delete and C1", "\u007f\u009b", "␡\uFFFD"},
            {"reversed writing", "abc\u202efdp\u2066x\u200f", "abc\uFFFDfdp\uFFFDx\uFFFD"},
            {"line separators", "a\u2028b\u2029", "a\uFFFDb\uFFFD"},
            {"half a pair", "\ud83d!", "\uFFFD!"},
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void showsWhatWouldAct(String description, String text, String expected) {
        assertEquals(expected, Excerpt.of(text, 100), description);
    }

    @Test
    void cutsLongTextsButNoPair() {
        assertEquals("abc", Excerpt.of("abc", 3));
        assertEquals("ab…", Excerpt.of("abc", 2));
        assertEquals("a…", Excerpt.of("a🚀b", 2));
        assertEquals("…", Excerpt.of("abc", 0));
    }
}
