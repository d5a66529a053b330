package io.nodeplane.plexd.hostile;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Fuzz target: any bytes between two audit events lose neither of them, and what is read goes to JSON and back. */
public final class AuditTarget {
    private static final Group GROUP = AuditGroup.group();

    private AuditTarget() {}

    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        var outcome = GROUP.trial().outcome(new ByteArrayInputStream(data));
        if (!outcome.startsWith("good") || !outcome.endsWith("good")) {
            throw new IOException("lost a good event: " + outcome);
        }
    }
}
