package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.Route;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A release channel: {@code /releases/{tag}/{asset}}, and each asset's bundle under its name with {@code .sigstore.json} behind it.
 * SOURCE: facts 1.2 {@code upgrade.release_base_url}, and 10.3, releases.
 *
 * <p>A bundle has the form of Sigstore's with a bare key, whose public half is its hint; there is no certificate and no transparency
 * log behind it, so a program that asks for those refuses both releases.
 */
final class Releases {
    /** Its bundles are right. */
    private static final String GOOD = "v9.9.9";

    /** Its bundles are signed for other bytes. */
    private static final String BROKEN = "v9.9.8";

    private static final String BUNDLE = ".sigstore.json";

    private final EventSigner signer = EventSigner.fresh();

    List<Route> all() {
        return List.of(new Route("GET", "/releases/{tag}/{asset}", (request, names) -> asset(names)));
    }

    private Answer asset(Map<String, String> names) {
        var tag = names.getOrDefault("tag", "");
        var asset = names.getOrDefault("asset", "");
        if (!Set.of(GOOD, BROKEN).contains(tag)) {
            throw Problem.of(404, "", "tag: expected " + GOOD + " or " + BROKEN);
        }
        if (asset.endsWith(BUNDLE)) {
            return bundle(bytes(tag, asset.substring(0, asset.length() - BUNDLE.length())), tag.equals(GOOD));
        }
        return Answer.octets(Body.of(bytes(tag, asset)));
    }

    /** Small and made up, but the same for all and other for each. */
    private static byte[] bytes(String tag, String asset) {
        return ("mock " + asset + " " + tag + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Answer bundle(byte[] asset, boolean isRight) {
        var digest = Base64.getEncoder()
                .encodeToString(Sha256.of(isRight ? asset : "other bytes".getBytes(StandardCharsets.UTF_8)));
        var bundle = Json.object().put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
        bundle.putObject("verificationMaterial").putObject("publicKey").put("hint", signer.publicKey());
        var signature = bundle.putObject("messageSignature");
        signature.putObject("messageDigest").put("algorithm", "SHA2_256").put("digest", digest);
        // Ed25519 signs a message, here the text of its digest.
        signature.put("signature", signer.sign(digest));
        return Answer.json(bundle);
    }
}
