package io.nodeplane.plexd.hooks;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a Job failed, for people: exit code, reason, the last lines of the log.
 *
 * <p>Bounded, because it is kept in etcd once for every node, and without what looks like a secret, because more people
 * may read a PlexdHook than the logs of its pods.
 */
final class FailureText {
    /** Characters of one message; the schema allows 4096 for a node. */
    private static final int MAX_LENGTH = 2_048;
    /** Characters of one line of a log. */
    private static final int MAX_LINE = 200;

    /** Stands for what looks like a secret. */
    static final String HIDDEN = "***";

    private static final String SECRETS =
            "password|passwd|secret|token|credential|api[-_]?key|private[-_]?key|authorization";
    /** A word that names a secret, and what stands behind it. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)((?:" + SECRETS + ")[\"']?\\s*[:=]\\s*" + "(?:bearer\\s+|basic\\s+)?)[^\\s,;]+");
    /** A bearer, a JSON web token. */
    private static final Pattern BARE =
            Pattern.compile("(?i)(?<=bearer )\\S+|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_.-]+");

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(?:" + SECRETS + ").*");

    private FailureText() {}

    /** Whether something of this name is hidden. */
    static boolean namesASecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** The text for a failed Job; the pod may be gone. */
    static String of(JobObserved job, Optional<PodObserved> pod) {
        var text = new StringBuilder();
        pod.flatMap(PodObserved::exitCode)
                .ifPresent(code -> text.append("the container ended with code ").append(code));
        pod.map(PodObserved::reason)
                .filter(reason -> !reason.isEmpty())
                .ifPresent(reason -> text.append(text.isEmpty() ? "the pod ended: " : " (")
                        .append(reason)
                        .append(text.indexOf(" (") >= 0 ? ")" : ""));
        pod.map(PodObserved::message)
                .filter(message -> !message.isEmpty())
                .ifPresent(message -> text.append(text.isEmpty() ? "" : ", ").append(line(message)));
        if (text.isEmpty()) {
            text.append(line(job.message().isEmpty() ? "the Job failed" : job.message()));
        }
        if (!job.reason().isEmpty()) {
            text.append("; Job: ").append(job.reason());
        }
        pod.ifPresent(observed ->
                observed.lastLines().forEach(last -> text.append('\n').append(line(last))));
        return bounded(text.toString());
    }

    /** One line without control characters and secrets, cut to a bearable length. */
    static String line(String raw) {
        var clean = raw.strip().replaceAll("[\\p{Cntrl}]+", " ");
        var masked =
                BARE.matcher(NAMED.matcher(clean).replaceAll("$1" + HIDDEN)).replaceAll(HIDDEN);
        return masked.length() <= MAX_LINE ? masked : masked.substring(0, MAX_LINE) + "…";
    }

    private static String bounded(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
    }
}
