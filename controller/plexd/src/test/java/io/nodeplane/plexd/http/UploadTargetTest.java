package io.nodeplane.plexd.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTargetTest {
    private static final URI PLAIN = URI.create("http://control.example.com:8080");
    private static final URI TLS = URI.create("https://control.example.com");

    @ParameterizedTest
    @CsvSource({
        "http://store.example.com/a?token=t, false",
        "HTTPS://store.example.com/a, true",
        "https://store.example.com:9000/a%2Fb?x=1&y=2, true",
    })
    void takesAPlaceThatIsNotWeakerThanTheControlPlane(String url, boolean isTls) throws Exception {
        assertEquals(URI.create(url), UploadTarget.of(url, PLAIN).uri());
        if (isTls) {
            assertEquals(URI.create(url), UploadTarget.of(url, TLS).uri());
        } else {
            assertThrows(ApiException.Malformed.class, () -> UploadTarget.of(url, TLS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "/exec-output/e-1?token=t",
        "//store.example.com/a?token=t",
        "file:///etc/passwd?token=t",
        "ftp://store.example.com/a?token=t",
        "http:///a?token=t",
        "http://user:token=t@store.example.com/a",
        "http://store.example.com/a?token=t#part",
        "http://store.example.com/a b?token=t",
    })
    void refusesEveryOtherPlaceWithoutRepeatingIt(String url) {
        var refused = assertThrows(ApiException.Malformed.class, () -> UploadTarget.of(url, PLAIN));

        assertFalse(String.valueOf(refused.getMessage()).contains("token=t"), refused.getMessage());
    }

    @Test
    void showsWhereWithoutWhatLetsOneIn() throws Exception {
        var target = UploadTarget.of("https://store.example.com:9000/a?token=t", PLAIN);

        assertEquals("upload to store.example.com:9000", target.shown());
        assertEquals("token=t", target.secret());
    }
}
