package io.nodeplane.plexd.actions;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of actions ({@code actions.*}, protocol facts 1.2).
 *
 * @param enabled whether anything is run
 * @param hooksDir where file hooks are
 * @param maxConcurrent executions at a time
 * @param maxTimeout upper bound of each, and its limit when the request has none
 * @param maxOutputBytes of standard output and of standard error each
 */
public record ActionConfig(
        boolean enabled, Path hooksDir, int maxConcurrent, Duration maxTimeout, int maxOutputBytes) {}
