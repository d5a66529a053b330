package io.nodeplane.plexd.report;

/**
 * One accepted report.
 *
 * @param source who held it then: its absence means something only when this source has spoken
 * @param digest of everything in the entry
 */
record Acknowledgement(ReportSource source, String digest) {
    /** As it stands in the file, for example {@code api:9f86d0…}. */
    String text() {
        return source.tag() + ":" + digest;
    }

    /** The inverse; files of the first version have no source, and there was one only. */
    static Acknowledgement from(String text) {
        for (var source : ReportSource.values()) {
            if (text.startsWith(source.tag() + ":")) {
                return new Acknowledgement(source, text.substring(source.tag().length() + 1));
            }
        }
        return new Acknowledgement(ReportSource.NODE_STATE, text);
    }
}
