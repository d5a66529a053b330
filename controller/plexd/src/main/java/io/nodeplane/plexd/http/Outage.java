package io.nodeplane.plexd.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Speaks of a lasting failure once: a warning when it begins or becomes another one, one info when it is over, and debug in
 * between. Confined to the thread of one loop.
 */
public final class Outage {
    private final Logger log;
    private final String call;
    private @Nullable String kind;
    private int failures;

    /**
     * No outage yet.
     *
     * @param log of the feature
     * @param call what fails, for example {@code heartbeat}
     */
    public Outage(Logger log, String call) {
        this.log = log;
        this.call = call;
    }

    /** The call failed again. */
    public void failed(ApiException failure) {
        failures++;
        var isNews = !failure.kind().equals(kind);
        kind = failure.kind();
        var level = isNews ? log.atWarn() : log.atDebug();
        level.addKeyValue("call", call)
                .addKeyValue("kind", failure.kind())
                .addKeyValue("reason", failure.getMessage())
                .log("control plane call fails");
    }

    /** The call worked. */
    public void ended() {
        if (kind != null) {
            log.atInfo()
                    .addKeyValue("call", call)
                    .addKeyValue("failures", failures)
                    .log("control plane call works again");
        }
        kind = null;
        failures = 0;
    }

    /** Failures in a row. */
    public int failures() {
        return failures;
    }
}
