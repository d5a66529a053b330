package io.nodeplane.plexd.logs;

/** Syslog severities, most severe first (RFC 5424, section 6.2.1); wire names as in the protocol facts 5.4. */
public enum Severity {
    EMERGENCY("emerg"),
    ALERT("alert"),
    CRITICAL("crit"),
    ERROR("err"),
    WARNING("warning"),
    NOTICE("notice"),
    INFO("info"),
    DEBUG("debug");

    private final String wireName;

    Severity(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire, for example {@code err}. */
    public String wireName() {
        return wireName;
    }
}
