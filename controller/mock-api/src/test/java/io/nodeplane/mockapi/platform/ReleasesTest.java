package io.nodeplane.mockapi.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReleasesTest extends PlatformCalls {
    /** What stands before the raw bytes of an Ed25519 key. SOURCE: RFC 8410, section 4. */
    private static final String PREFIX = "302a300506032b6570032100";

    @ParameterizedTest
    @CsvSource({"v9.9.9, true", "v9.9.8, false"})
    void signsTheBytesOfOneReleaseOnly(String tag, boolean isRight) throws Exception {
        var place = "/releases/" + tag + "/plexd-linux-amd64";
        var asset = call("GET", place, "", "authorization:").body().bytes();
        var bundle = json(call("GET", place + ".sigstore.json", "", "authorization:"));

        var told = bundle.path("messageSignature").path("messageDigest");
        var digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(asset));
        assertEquals(isRight, told.path("digest").asText().equals(digest));

        var key = bundle.path("verificationMaterial")
                .path("publicKey")
                .path("hint")
                .asText();
        var verifier = Signature.getInstance("Ed25519");
        var spki = HexFormat.of()
                .parseHex(PREFIX + HexFormat.of().formatHex(Base64.getDecoder().decode(key)));
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        verifier.update(told.path("digest").asText().getBytes(StandardCharsets.UTF_8));
        var signature = bundle.path("messageSignature").path("signature").asText();
        assertEquals(true, verifier.verify(Base64.getDecoder().decode(signature)));
    }

    @Test
    void hasNoOtherRelease() {
        assertEquals(404, call("GET", "/releases/v1.0.0/plexd-linux-amd64", "").status());
    }
}
