package io.nodeplane.plexd.config;

import java.net.InetSocketAddress;

/**
 * The health listener ({@code health.*}, protocol facts 10.6).
 *
 * @param listen unresolved; port 0 takes a free one
 */
public record HealthConfig(boolean enabled, InetSocketAddress listen) {}
