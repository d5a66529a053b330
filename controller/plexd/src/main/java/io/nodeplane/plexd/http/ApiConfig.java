package io.nodeplane.plexd.http;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach the control plane ({@code api.*}, protocol facts 1.2).
 *
 * @param baseUrl http or https, no trailing slash
 * @param tlsInsecureSkipVerify accept any certificate; told loudly at start
 * @param requestTimeout of one whole request; never of the event stream
 * @param sseIdleTimeout silence after which the event stream counts as dead
 */
public record ApiConfig(
        URI baseUrl,
        boolean tlsInsecureSkipVerify,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration sseIdleTimeout) {}
