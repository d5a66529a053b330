package io.nodeplane.plexd.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.integrity.IntegrityPlan.Observed;
import io.nodeplane.plexd.integrity.Violation.Detection;
import io.nodeplane.plexd.integrity.Violation.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntegrityPlanTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");
    private static final Baseline KNOWN =
            new Baseline("1.0", Map.of("a.jar", "aa", "b.jar", "bb"), Map.of(), Map.of("h", "hh"));

    @Test
    void makesABaselineOnTheFirstRun() {
        var plan = between(Optional.empty(), "1.0", Map.of("a.jar", "aa"), Map.of("h", "hh"));

        assertEquals(new Baseline("1.0", Map.of("a.jar", "aa"), Map.of(), Map.of("h", "hh")), plan.next());
        assertEquals(List.of(), plan.violations());
        assertEquals(Optional.of("checksum baseline made"), plan.note());
    }

    @Test
    void hasNothingToSayAboutWhatIsTheSame() {
        var plan = between(Optional.of(KNOWN), "1.0", KNOWN.binary(), KNOWN.hooks());

        assertEquals(new IntegrityPlan(KNOWN, List.of(), Optional.empty()), plan);
    }

    @Test
    void tellsAChangedProgramOnceAndKeepsTheBaseline() {
        var changed = Map.of("a.jar", "xx", "b.jar", "bb");

        var first = between(Optional.of(KNOWN), "1.0", changed, KNOWN.hooks());
        var second = between(Optional.of(first.next()), "1.0", changed, KNOWN.hooks());

        assertEquals(
                List.of(new Violation(
                        Kind.BINARY,
                        Detection.PERIODIC_SCAN,
                        "a.jar",
                        "aa",
                        "xx",
                        "content changed (periodic_scan)",
                        NOON)),
                first.violations());
        assertEquals(KNOWN.binary(), first.next().binary());
        assertEquals(Map.of("a.jar", "xx"), first.next().reported());
        assertEquals(new IntegrityPlan(first.next(), List.of(), Optional.empty()), second);
    }

    @Test
    void tellsEachOtherContentAndForgetsWhatIsRightAgain() {
        var first = between(Optional.of(KNOWN), "1.0", Map.of("a.jar", "xx", "b.jar", "bb"), KNOWN.hooks());
        var second = between(Optional.of(first.next()), "1.0", Map.of("a.jar", "yy", "b.jar", "bb"), KNOWN.hooks());
        var third = between(Optional.of(second.next()), "1.0", KNOWN.binary(), KNOWN.hooks());
        var fourth = between(Optional.of(third.next()), "1.0", Map.of("a.jar", "xx", "b.jar", "bb"), KNOWN.hooks());

        assertEquals(List.of("yy"), actuals(second));
        assertEquals(new IntegrityPlan(KNOWN, List.of(), Optional.empty()), third);
        assertEquals(List.of("xx"), actuals(fourth));
    }

    @Test
    void tellsAFileThatIsGoneAndOneThatIsNew() {
        var plan = between(Optional.of(KNOWN), "1.0", Map.of("a.jar", "aa", "c.jar", "cc"), KNOWN.hooks());

        assertEquals(
                List.of("b.jar bb " + Sha256.OF_NOTHING, "c.jar " + Sha256.OF_NOTHING + " cc"),
                plan.violations().stream()
                        .map(each -> each.path() + " " + each.expected() + " " + each.actual())
                        .toList());
    }

    @Test
    void takesAnotherVersionAsAnUpgradeAndSaysSo() {
        var broken = between(Optional.of(KNOWN), "1.0", Map.of("a.jar", "xx", "b.jar", "bb"), KNOWN.hooks())
                .next();

        var plan = between(Optional.of(broken), "1.1", Map.of("c.jar", "cc"), KNOWN.hooks());

        assertEquals(new Baseline("1.1", Map.of("c.jar", "cc"), Map.of(), KNOWN.hooks()), plan.next());
        assertEquals(List.of(), plan.violations());
        assertEquals(Optional.of("program was upgraded from 1.0 to 1.1, checksum baseline made anew"), plan.note());
    }

    @Test
    void tellsAHookThatChangedWhileTheProgramWasUpgraded() {
        var plan = between(Optional.of(KNOWN), "1.1", KNOWN.binary(), Map.of("h", "xx"));

        assertEquals(List.of("xx"), actuals(plan));
        assertEquals(Map.of("h", "xx"), plan.next().hooks());
    }

    @Test
    void tellsAChangedHookOnceAndTakesItAsTheNewBaseline() {
        var first = between(Optional.of(KNOWN), "1.0", KNOWN.binary(), Map.of("h", "xx"));
        var second = between(Optional.of(first.next()), "1.0", KNOWN.binary(), Map.of("h", "xx"));

        assertEquals(List.of("xx"), actuals(first));
        assertEquals(Kind.HOOK, first.violations().getFirst().kind());
        assertEquals(List.of(), second.violations());
    }

    @Test
    void takesNewHooksAndForgetsThoseThatAreGone() {
        var plan = between(Optional.of(KNOWN), "1.0", KNOWN.binary(), Map.of("i", "ii"));

        assertEquals(List.of(), plan.violations());
        assertEquals(Map.of("i", "ii"), plan.next().hooks());
    }

    private static List<String> actuals(IntegrityPlan plan) {
        return plan.violations().stream().map(Violation::actual).toList();
    }

    private static IntegrityPlan between(
            Optional<Baseline> known, String version, Map<String, String> binary, Map<String, String> hooks) {
        return IntegrityPlan.between(known, new Observed(version, binary, hooks, NOON), Detection.PERIODIC_SCAN);
    }
}
