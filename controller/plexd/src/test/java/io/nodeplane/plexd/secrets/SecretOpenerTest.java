package io.nodeplane.plexd.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.identity.NodeSecretKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Vector 1 of the protocol facts 0.4 (seed "Kubernetes E2E Test"). */
class SecretOpenerTest {
    static final NodeSecretKey KEY = new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");

    private final SecretOpener opener = new SecretOpener(KEY);

    static SealedSecret sealed() {
        return new SealedSecret(
                "local-bearer-token",
                new byte[12],
                Base64.getDecoder().decode("l/T2Pmeub3tfdM3TNH1QgWaoferB10sP0XA3w2iTgk4puIt5RWM="),
                1);
    }

    @Test
    void opensTheVector() throws SecretUnavailable {
        assertEquals("e2e-local-bearer-token", opener.open("local-bearer-token", sealed()));
    }

    @Test
    void refusesASecretOfAnotherName() {
        var failed = assertThrows(SecretUnavailable.class, () -> opener.open("other", sealed()));

        assertEquals("asked for secret other, got another one", failed.getMessage());
    }

    @Test
    void tellsNothingAboutWhyItCannotOpen() {
        var tampered = sealed();
        tampered.ciphertext()[3] = 0;
        var shortNonce = new SealedSecret("local-bearer-token", new byte[11], sealed().ciphertext(), 1);
        var wrongKey = new SecretOpener(new NodeSecretKey("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));

        var first = assertThrows(SecretUnavailable.class, () -> opener.open("local-bearer-token", tampered));
        var second = assertThrows(SecretUnavailable.class, () -> opener.open("local-bearer-token", shortNonce));
        var third = assertThrows(SecretUnavailable.class, () -> wrongKey.open("local-bearer-token", sealed()));

        assertEquals("secret local-bearer-token cannot be opened with the node's key", first.getMessage());
        assertEquals(first.getMessage(), second.getMessage());
        assertEquals(first.getMessage(), third.getMessage());
    }

    @Test
    void printsNoCiphertext() {
        assertFalse(sealed().toString().contains("[B"), sealed().toString());
    }
}
