package io.nodeplane.mockapi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class SecretTest {
    /** Facts 0.4, vector 1. */
    @Test
    void firstVersionIsTheVector() {
        var expected = Json.known("""
                {"key":"local-bearer-token","nonce":"AAAAAAAAAAAAAAAA","version":1,
                 "ciphertext":"l/T2Pmeub3tfdM3TNH1QgWaoferB10sP0XA3w2iTgk4puIt5RWM="}""");

        assertEquals(expected, Secret.encrypted("local-bearer-token", Secret.LOCAL_BEARER, 1));
    }

    @Test
    void nextVersionHasAnotherNonce() {
        var first = Secret.encrypted("k", "one", 1);
        var second = Secret.encrypted("k", "one", 2);

        assertNotEquals(first.get("nonce"), second.get("nonce"));
        assertNotEquals(first.get("ciphertext"), second.get("ciphertext"));
    }
}
