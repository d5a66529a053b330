package io.nodeplane.plexd.nodeapi;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The node API ({@code node_api.*}, protocol facts 1.2).
 *
 * @param httpListen unresolved; port 0 takes a free one
 * @param httpTokenFile holds the bearer of the TCP listener; without it only the API server can let somebody in
 * @param audiences one of them must be a service-account token's; empty takes tokens for the API server
 * @param debouncePeriod from the first change of a report to its delivery
 * @param shutdownTimeout for requests under way at the stop
 */
public record NodeApiConfig(
        Path socketPath,
        boolean httpEnabled,
        InetSocketAddress httpListen,
        Optional<Path> httpTokenFile,
        List<String> audiences,
        Duration debouncePeriod,
        Duration shutdownTimeout) {
    public NodeApiConfig {
        audiences = List.copyOf(audiences);
    }
}
