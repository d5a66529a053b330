package io.nodeplane.plexd.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row breaks the rule that is told and every later one: the order is the contract's. */
class AdmissionPlanTest {
    @ParameterizedTest(name = "{5}")
    @CsvSource({
        "false, true,  true,  5, false, ACTIONS_DISABLED",
        "true,  true,  true,  5, false, SHUTTING_DOWN",
        "true,  false, true,  5, false, DUPLICATE_EXECUTION_ID",
        "true,  false, false, 5, false, MAX_CONCURRENT_REACHED",
        "true,  false, false, 4, false, UNKNOWN_ACTION",
    })
    void refusesInTheOrderOfTheContract(
            boolean enabled, boolean stopping, boolean seen, int running, boolean known, Refusal expected) {
        var observed = new AdmissionPlan.Observed(enabled, stopping, seen, running, 5, known);

        assertEquals(Optional.of(expected), AdmissionPlan.of(observed).refusal());
    }

    @Test
    void admitsTheRest() {
        var observed = new AdmissionPlan.Observed(true, false, false, 4, 5, true);

        assertEquals(Optional.empty(), AdmissionPlan.of(observed).refusal());
    }
}
