package io.nodeplane.plexd.nodesecrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.secrets.SealedSecret;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.secrets.Secrets;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A control plane that has every secret, sealed: the plain text of {@code db} is {@code value of db}. */
final class SealedSecrets implements Secrets {
    private static final NodeSecretKey KEY = new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
    private static final byte[] NONCE = "twelve bytes".getBytes(UTF_8);

    final List<String> fetched = new ArrayList<>();
    final Map<String, ApiException> failures = new HashMap<>();
    final Map<String, String> answers = new HashMap<>();

    static NodeSecretsSync.Settings settings() {
        return new NodeSecretsSync.Settings("n-1", Optional.of("worker-1"), Set.of(), Duration.ofSeconds(10));
    }

    static NodeState state(Map<String, Long> versions) {
        var refs = versions.entrySet().stream()
                .map(entry -> new SecretRef(entry.getKey(), entry.getValue()))
                .toList();
        return new NodeState(List.of(), List.of(), Optional.empty(), Map.of(), List.of(), refs, Map.of());
    }

    NodeSecretsSync.Source source() {
        return new NodeSecretsSync.Source(this, new SecretOpener(KEY));
    }

    @Override
    public SealedSecret fetch(String key) throws ApiException {
        fetched.add(key);
        if (failures.containsKey(key)) {
            throw failures.get(key);
        }
        return new SealedSecret(answers.getOrDefault(key, key), NONCE, seal("value of " + key), 1);
    }

    static byte[] seal(String text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY.bytes(), "AES"), new GCMParameterSpec(128, NONCE));
            return cipher.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
