package io.nodeplane.plexd.registration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where the token comes from and what is told at registration ({@code registration.*}, protocol facts 1.2 and 2.1).
 *
 * @param tokenValue direct token, empty when not set; a secret
 * @param tokenEnv name of the variable that holds the token
 * @param useMetadata ask the cloud's instance metadata service last
 * @param hostname already resolved: configured or the machine's
 */
public record RegistrationConfig(
        String tokenValue,
        Path tokenFile,
        String tokenEnv,
        boolean useMetadata,
        String metadataTokenPath,
        Duration metadataTimeout,
        String hostname,
        Map<String, String> metadata,
        Duration maxRetryDuration) {
    public RegistrationConfig {
        metadata = Map.copyOf(metadata);
    }

    @Override
    public String toString() {
        return "RegistrationConfig[hostname=" + hostname + ", token masked]";
    }
}
