package io.nodeplane.plexd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportPlanTest {
    private static final ReportEntry A = entry("a", "1", 1);
    private static final ReportEntry B = entry("b", "1", 1);

    @Test
    void nothingIsSentTwice() {
        var acknowledged = Map.of("a", ReportPlan.digest(A), "b", ReportPlan.digest(B));

        assertTrue(ReportPlan.between(List.of(B, A), acknowledged).isEmpty());
    }

    @Test
    void newChangedAndGoneEntriesAreToldApart() {
        var acknowledged = Map.of("a", ReportPlan.digest(A), "gone", "x");
        var changed = entry("a", "2", 1);

        assertEquals(
                new ReportPlan(List.of(changed, B), List.of("gone")),
                ReportPlan.between(List.of(changed, B), acknowledged));
    }

    @Test
    void anotherVersionOfTheSameContentIsAChange() {
        var acknowledged = Map.of("a", ReportPlan.digest(A));

        assertEquals(
                List.of(entry("a", "1", 2)),
                ReportPlan.between(List.of(entry("a", "1", 2)), acknowledged).changed());
    }

    private static ReportEntry entry(String key, String payload, long version) {
        return new ReportEntry(
                key, "application/json", payload, version, Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
    }
}
