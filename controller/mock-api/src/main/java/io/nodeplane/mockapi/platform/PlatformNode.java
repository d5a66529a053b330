package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.wire.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The identity of a resource, computed from its handle alone, so that a restarted mock gives it again.
 *
 * @param nodeId UUID
 * @param meshIp 10.99.x.y
 * @param meshCidr network of all nodes
 */
record PlatformNode(String nodeId, String meshIp, String meshCidr) {
    /** The one node of compatible mode. SOURCE: facts 0.4 vector 3, 10.3. */
    static final PlatformNode CONSTANT =
            new PlatformNode("0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a3", "10.99.0.1", "10.99.0.0/24");

    static PlatformNode of(Mode mode, String handle) {
        if (mode == Mode.COMPAT) {
            return CONSTANT;
        }
        var hash = ByteBuffer.wrap(Sha256.of(handle.getBytes(StandardCharsets.UTF_8)));
        // Version 7 and the variant of RFC 9562, as the platform's ids have.
        var high = (hash.getLong() & ~0xf000L) | 0x7000L;
        var low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        var place = hash.getShort() & 0xffff;
        var meshIp = "10.99." + (place / 254 % 254 + 1) + "." + (place % 254 + 1);
        return new PlatformNode(new UUID(high, low).toString(), meshIp, "10.99.0.0/16");
    }
}
