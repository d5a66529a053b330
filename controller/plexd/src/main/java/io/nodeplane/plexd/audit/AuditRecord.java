package io.nodeplane.plexd.audit;

import java.time.Instant;

/**
 * One audited act (protocol facts 5.5).
 *
 * @param source {@code process} or {@code k8s-audit}
 * @param eventType for example {@code process_start} or a Kubernetes verb
 * @param subjectJson JSON text of who
 * @param objectJson JSON text of what
 * @param action for example {@code start} or a verb
 * @param result {@code success} or {@code failure}
 * @param raw the whole source line, empty when there is none
 */
public record AuditRecord(
        Instant timestamp,
        String source,
        String eventType,
        String subjectJson,
        String objectJson,
        String action,
        String result,
        String hostname,
        String raw) {}
