package io.nodeplane.plexd.audit;

import io.nodeplane.plexd.pipeline.Source;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Says once per process that the agent started (protocol facts 5.5; seed 004, phase 9, "ProcessSource"). */
public final class ProcessStart implements Source<AuditRecord> {
    private final long pid;
    private final String hostname;
    private final Clock clock;
    private boolean told;

    /** Made once per process, also when the pipelines are built anew. */
    public ProcessStart(long pid, String hostname, Clock clock) {
        this.pid = pid;
        this.hostname = hostname;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public void collect(Intake<AuditRecord> intake) throws IOException, InterruptedException {
        if (told) {
            return;
        }
        intake.accept(List.of(new AuditRecord(
                clock.instant(),
                "process",
                "process_start",
                "{\"pid\":" + pid + "}",
                "\"plexd\"",
                "start",
                "success",
                hostname,
                "")));
        told = true;
    }
}
