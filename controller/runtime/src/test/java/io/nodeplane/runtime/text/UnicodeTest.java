package io.nodeplane.runtime.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnicodeTest {
    static List<Arguments> rows() {
        return List.of(
                Arguments.of("nothing", "", ""),
                Arguments.of("plain", "a\u00e4\u20ac\ufffd", "a\u00e4\u20ac\ufffd"),
                Arguments.of("a pair", "\ud83d\ude00", "\ud83d\ude00"),
                Arguments.of("a first half", "a\ud800b", "a\ufffdb"),
                Arguments.of("a first half at the end", "a\ud800", "a\ufffd"),
                Arguments.of("a second half", "\udfffb", "\ufffdb"),
                Arguments.of("the wrong way round", "\udc00\ud800", "\ufffd\ufffd"),
                Arguments.of("a half before a pair", "\ud800\ud83d\ude00", "\ufffd\ud83d\ude00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void replacesHalfCharacters(String what, String text, String wellFormed) {
        assertEquals(wellFormed, Unicode.wellFormed(text));
    }
}
