package io.nodeplane.plexd.hostile;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Bytes that look like an Ed25519 signature and are none. */
final class BadSignatures {
    /** L, the order of the group, least significant byte first (RFC 8032, section 5.1). */
    private static final byte[] ORDER =
            HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    private BadSignatures() {}

    static byte[] ones() {
        return ones(64);
    }

    static byte[] ones(int length) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    /** R is the neutral element and S is zero: verifies under keys of small order. */
    static byte[] neutral() {
        var bytes = new byte[64];
        bytes[0] = 1;
        return bytes;
    }

    /** The same signature with S + L: refused by RFC 8032, section 5.1.7, or a signature would have two spellings. */
    static byte[] plusOrder(byte[] signature) {
        var sum = signature.clone();
        var carry = 0;
        for (var at = 0; at < ORDER.length; at++) {
            carry += (sum[32 + at] & 0xff) + (ORDER[at] & 0xff);
            sum[32 + at] = (byte) carry;
            carry >>= 8;
        }
        return sum;
    }

    static byte[] swapped(byte[] signature) {
        return Material.concat(Arrays.copyOfRange(signature, 32, 64), Arrays.copyOf(signature, 32));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
