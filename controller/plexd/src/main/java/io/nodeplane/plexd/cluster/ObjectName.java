package io.nodeplane.plexd.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Turns ids of the control plane into names that Kubernetes takes.
 *
 * <p>An id that is a valid name stays as it is. Any other is lower-cased, has its foreign characters replaced by {@code -}
 * and gets eight hex digits of its SHA-256 behind it, so that two ids never share a name (protocol facts 7.4).
 */
public final class ObjectName {
    /** DNS subdomain, RFC 1123. */
    public static final int MAX_NAME = 253;
    /** Longest name of a Job: its pods carry it as a label value. */
    private static final int MAX_JOB = 63;

    private static final String NAME = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";
    /** Kubernetes label value. */
    private static final int MAX_LABEL_VALUE = 63;

    private ObjectName() {}

    /** The object's name: {@code node-<node id>} (seed "CRDController"). */
    public static String ofNode(String nodeId) {
        return fit("node-" + nodeId, NAME, MAX_NAME);
    }

    /** A Job's name that stands for the text. */
    public static String ofJob(String text) {
        return fit(text, NAME, MAX_JOB);
    }

    /** A name that stands for the text and is not longer than the limit. */
    public static String fitted(String text, int limit) {
        return fit(text, NAME, limit);
    }

    /** The name of a Secret: {@code <prefix>-<node id>-<key>}. */
    public static String ofSecret(String prefix, String nodeId, String key) {
        return fit(prefix + "-" + nodeId + "-" + key, NAME, MAX_NAME);
    }

    /** A label value that stands for the text. */
    public static String labelValue(String text) {
        return fit(text, "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?", MAX_LABEL_VALUE);
    }

    private static String fit(String text, String valid, int max) {
        // ".." and ".-" are refused in names though the character class allows them.
        if (text.length() <= max && text.matches(valid) && !text.contains("..") && !text.matches(".*(\\.-|-\\.).*")) {
            return text;
        }
        var cleaned =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        var suffix = "-" + hash(text);
        var head = cleaned.substring(0, Math.min(cleaned.length(), max - suffix.length()));
        return (head.isEmpty() ? "x" : head) + suffix;
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
