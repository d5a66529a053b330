package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.hooks.HookRules.Refusal;
import io.nodeplane.plexd.hooks.HookSpec.JobTemplate;
import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hooks are taken, and the names of their variables (seed "PlexdHook CRD Reference"). */
class HookRulesTest {
    private static final HookRules STRICT = new HookRules(false, Set.of());

    @ParameterizedTest
    @CsvSource({
        "disk-path, PLEXD_PARAM_DISK_PATH",
        "threshold, PLEXD_PARAM_THRESHOLD",
        "a_b.c/d, PLEXD_PARAM_A_B_C_D",
        "straße, PLEXD_PARAM_STRASSE"
    })
    void namesTheVariableOfAParameter(String parameter, String variable) {
        assertEquals(variable, HookRules.variable(parameter));
    }

    @Test
    void refusesParametersThatBecomeOneVariable() {
        var spec = Hooks.spec(
                new Target.AnyNode(), new Parameter("a-b", "1"), new Parameter("c", "2"), new Parameter("a_b", "3"));

        assertEquals(
                Optional.of(new Refusal(
                        "ParameterCollision",
                        "spec.parameters has names that become one environment variable:"
                                + " a-b and a_b (both PLEXD_PARAM_A_B)")),
                Hooks.RULES.refusal(spec));
    }

    @Test
    void takesTheSeedsExample() {
        assertEquals(Optional.empty(), STRICT.refusal(Hooks.seedExample()));
    }

    @Test
    void refusesAnAccountThatIsNotAllowed() {
        assertEquals(
                Optional.of("ServiceAccountNotAllowed"),
                Hooks.RULES.refusal(Hooks.everything()).map(Refusal::reason));
        assertEquals(Optional.empty(), new HookRules(true, Set.of("trim")).refusal(Hooks.everything()));
    }

    @Test
    void refusesPowerOverTheNodeWhenItIsSwitchedOff() {
        var privileged = new HookSpec("reset", new Target.AnyNode(), JobTemplate.DEFAULT, List.of(), true);
        var withPaths = new HookRules(false, Set.of("trim")).refusal(Hooks.everything());

        assertEquals(
                Optional.of("PrivilegedNotAllowed"), STRICT.refusal(privileged).map(Refusal::reason));
        assertEquals(Optional.of("HostPathsNotAllowed"), withPaths.map(Refusal::reason));
        assertEquals(Optional.empty(), Hooks.RULES.refusal(privileged));
    }
}
