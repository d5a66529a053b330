package io.nodeplane.plexd.logs;

/** Syslog severities, most severe first (RFC 5424, section 6.2.1); wire names as in the protocol facts 5.4. */
public enum Severity {
    EMERGENCY(0, "emerg"),
    ALERT(1, "alert"),
    CRITICAL(2, "crit"),
    ERROR(3, "err"),
    WARNING(4, "warning"),
    NOTICE(5, "notice"),
    INFO(6, "info"),
    DEBUG(7, "debug");

    private final int code;
    private final String wireName;

    Severity(int code, String wireName) {
        this.code = code;
        this.wireName = wireName;
    }

    /** The severity with a numerical code of RFC 5424, 0 to 7; {@link #INFO} for any other. */
    static Severity ofCode(int code) {
        for (var severity : values()) {
            if (severity.code == code) {
                return severity;
            }
        }
        return INFO;
    }

    /** The name on the wire, for example {@code err}. */
    public String wireName() {
        return wireName;
    }
}
