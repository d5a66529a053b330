package io.nodeplane.plexd.local;

import java.net.URI;

/**
 * One local endpoint ({@code *.local_endpoint.*}, protocol facts 6).
 *
 * @param url https with a host
 * @param secretKey name of the control-plane secret whose plaintext is the bearer (not the credential itself)
 * @param tlsInsecureSkipVerify no check of chain and host name, for this client only
 */
public record LocalEndpointConfig(URI url, String secretKey, boolean tlsInsecureSkipVerify) {}
