package io.nodeplane.mockapi.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {
    @Test
    void isReadAsItWasWritten() {
        var cursor = new Cursor("k3f9", 1, 22, 333, 4444);

        assertEquals("k3f9.1.22.333.4444", cursor.text());
        assertEquals(Optional.of(cursor), Cursor.parse(cursor.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "k.1.2.3",
                "k.1.2.3.4.5",
                "k.-1.2.3.4",
                "K.1.2.3.4",
                "k.1.2.3.9999999999999999999",
                "k.1.2.3.4 "
            })
    void anythingElseIsNone(String text) {
        assertEquals(Optional.empty(), Cursor.parse(text));
    }
}
