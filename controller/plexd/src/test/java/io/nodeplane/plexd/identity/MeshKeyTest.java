package io.nodeplane.plexd.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshKeyTest {
    /** RFC 7748, section 6.1: Bob's key pair. */
    @Test
    void derivesThePublicKeyOfTheStandard() {
        var secret = base64("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");

        assertEquals(
                base64("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
                new MeshKey(secret).publicText());
    }

    @Test
    void generatesClampedKeysOfFortyFourCharacters() {
        var key = MeshKey.generate(new Random(7));

        var bytes = Base64.getDecoder().decode(key.privateText());
        assertEquals(0, bytes[0] & 7);
        assertEquals(0x40, bytes[31] & 0xc0);
        assertEquals(44, key.publicText().length());
        assertEquals(32, Base64.getDecoder().decode(key.publicText()).length);
    }

    @Test
    void neverShowsItself() {
        var key = MeshKey.generate(new Random(7));

        assertFalse(key.toString().contains(key.privateText()));
    }

    @ParameterizedTest
    @CsvSource({"''", "AAAA", "no base64!"})
    void refusesWhatIsNoKey(String text) {
        assertThrows(IllegalArgumentException.class, () -> new MeshKey(text));
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
