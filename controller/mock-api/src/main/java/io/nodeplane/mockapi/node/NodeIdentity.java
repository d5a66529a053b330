package io.nodeplane.mockapi.node;

import io.nodeplane.mockapi.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The identity of a host, computed from its name alone, so that a restarted mock knows its nodes.
 *
 * @param host host name in DNS form: lower case, other characters as a dash, shortened with a hash beyond 40 characters
 * @param nodeId {@code node-<host>-<check>}; {@code <check>} are 8 hex digits of the SHA-256 of {@code <host>}
 * @param meshIp wanted mesh address, 10.99.x.y with x and y from 1 to 254
 */
record NodeIdentity(String host, String nodeId, String meshIp) {
    private static final String PREFIX = "node-";
    private static final int LONGEST_HOST = 40;
    private static final int CHECK_DIGITS = 8;
    private static final int SHORTENED = LONGEST_HOST - CHECK_DIGITS - 1;

    static NodeIdentity of(String hostname) {
        var dns = hostname.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        return ofHost(dns.length() <= LONGEST_HOST ? dns : dns.substring(0, SHORTENED) + "-" + check(hostname));
    }

    private static NodeIdentity ofHost(String host) {
        return new NodeIdentity(host, PREFIX + host + "-" + check(host), meshIp(host, 0));
    }

    /** The identity that an earlier run gave, or nothing when the id's check is wrong. */
    static Optional<NodeIdentity> recognised(String nodeId) {
        int dash = nodeId.length() - CHECK_DIGITS - 1;
        if (!nodeId.startsWith(PREFIX) || dash <= PREFIX.length()) {
            return Optional.empty();
        }
        var identity = ofHost(nodeId.substring(PREFIX.length(), dash));
        return identity.nodeId().equals(nodeId) ? Optional.of(identity) : Optional.empty();
    }

    /** The host's address after {@code clashes} others that were taken. */
    static String meshIp(String host, int clashes) {
        var hash = Sha256.of(host.getBytes(StandardCharsets.UTF_8));
        int place = ((hash[4] & 0xff) << 8 | (hash[5] & 0xff)) + clashes;
        return "10.99." + (place / 254 % 254 + 1) + "." + (place % 254 + 1);
    }

    private static String check(String text) {
        return HexFormat.of()
                .formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, CHECK_DIGITS);
    }
}
