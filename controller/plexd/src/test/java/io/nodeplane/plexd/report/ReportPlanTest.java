package io.nodeplane.plexd.report;

import static io.nodeplane.plexd.report.ReportSource.NODE_API;
import static io.nodeplane.plexd.report.ReportSource.NODE_STATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.report.MergedReports.Held;
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
        var acknowledged = Map.of("a", accepted(NODE_STATE, A), "b", accepted(NODE_STATE, B));

        assertTrue(ReportPlan.between(nodeState(B, A), acknowledged).isEmpty());
    }

    @Test
    void newChangedAndGoneEntriesAreToldApart() {
        var acknowledged = Map.of("a", accepted(NODE_STATE, A), "gone", new Acknowledgement(NODE_STATE, "x"));
        var changed = entry("a", "2", 1);

        assertEquals(
                new ReportPlan(List.of(held(NODE_STATE, changed), held(NODE_STATE, B)), List.of("gone")),
                ReportPlan.between(nodeState(changed, B), acknowledged));
    }

    @Test
    void aSourceThatHasNotSpokenLosesNothing() {
        var acknowledged = Map.of("a", accepted(NODE_STATE, A), "gone", new Acknowledgement(NODE_API, "x"));

        var plan = ReportPlan.between(MergedReports.of(Map.of(NODE_API, List.of(B))), acknowledged);

        assertEquals(new ReportPlan(List.of(held(NODE_API, B)), List.of("gone")), plan);
    }

    @Test
    void theNodeApiCountsWhereBothHoldAKey() {
        var newer = entry("a", "2", 2);
        var both = MergedReports.of(Map.of(NODE_STATE, List.of(A), NODE_API, List.of(newer)));

        assertEquals(
                List.of(held(NODE_API, newer)),
                ReportPlan.between(both, Map.of()).changed());
    }

    @Test
    void anAcknowledgementKeepsItsSourceAndTheFirstVersionHadNone() {
        var acknowledgement = new Acknowledgement(NODE_API, "abc");

        assertEquals(acknowledgement, Acknowledgement.from(acknowledgement.text()));
        assertEquals(new Acknowledgement(NODE_STATE, "abc"), Acknowledgement.from("abc"));
    }

    @Test
    void anotherVersionOfTheSameContentIsAChange() {
        var acknowledged = Map.of("a", accepted(NODE_STATE, A));
        var newer = entry("a", "1", 2);

        assertEquals(
                List.of(held(NODE_STATE, newer)),
                ReportPlan.between(nodeState(newer), acknowledged).changed());
    }

    private static MergedReports nodeState(ReportEntry... entries) {
        return MergedReports.of(Map.of(NODE_STATE, List.of(entries)));
    }

    private static Held held(ReportSource source, ReportEntry entry) {
        return new Held(source, entry);
    }

    private static Acknowledgement accepted(ReportSource source, ReportEntry entry) {
        return ReportPlan.acknowledgement(held(source, entry));
    }

    private static ReportEntry entry(String key, String payload, long version) {
        return new ReportEntry(
                key, "application/json", payload, version, Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
    }
}
