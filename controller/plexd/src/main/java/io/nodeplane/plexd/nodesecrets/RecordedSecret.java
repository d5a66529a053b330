package io.nodeplane.plexd.nodesecrets;

import java.util.OptionalLong;

/**
 * One entry of the {@code spec.secretRefs} of a PlexdNodeState.
 *
 * @param key name of the secret at the control plane
 * @param secretName name of the Kubernetes Secret
 * @param version the reference's version that the Secret was made for; absent while the Secret may be missing or half done
 */
public record RecordedSecret(String key, String secretName, OptionalLong version) {
    /** An entry for a Secret that is about to be made. */
    static RecordedSecret intended(String key, String secretName) {
        return new RecordedSecret(key, secretName, OptionalLong.empty());
    }

    /** The same, made. */
    RecordedSecret made(long of) {
        return new RecordedSecret(key, secretName, OptionalLong.of(of));
    }
}
