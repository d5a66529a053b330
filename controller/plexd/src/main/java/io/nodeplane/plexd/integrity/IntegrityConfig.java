package io.nodeplane.plexd.integrity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is checked and how often ({@code integrity.*}, protocol facts 1.2 and 8.5).
 *
 * @param enabled whether there is a baseline; a hook is compared with its request in any case
 * @param binaryPath the program; absent means the jars that run
 * @param hooksDir whose hooks are compared
 * @param watchEnabled whether changes of the hook directory are heard at once
 */
public record IntegrityConfig(
        boolean enabled, Optional<Path> binaryPath, Path hooksDir, Duration verifyInterval, boolean watchEnabled) {}
