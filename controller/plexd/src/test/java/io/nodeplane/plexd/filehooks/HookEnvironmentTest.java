package io.nodeplane.plexd.filehooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.capabilities.Capabilities.Parameter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookEnvironmentTest {
    @Test
    void holdsNothingOfTheAgentButPathAndHome() throws Exception {
        var agent = Map.of("PATH", "/bin", "HOME", "/root", "PLEXD_BOOTSTRAP_TOKEN", "sesame");

        assertEquals(
                Map.of(
                        "PATH", "/bin",
                        "HOME", "/root",
                        "PLEXD_NODE_ID", "n-1",
                        "PLEXD_EXECUTION_ID", "e-1",
                        "PLEXD_PARAM_DRY_RUN", "yes",
                        "PLEXD_PARAM__", "odd"),
                HookEnvironment.of(agent, "n-1", "e-1", List.of(), Map.of("dry-run", "yes", "ä", "odd")));
    }

    @Test
    void fillsInWhatTheSidecarDeclares() throws Exception {
        var declared = List.of(parameter("level", false, "3"), parameter("mode", false, ""));

        var environment = HookEnvironment.of(Map.of(), "n", "e", declared, Map.of());
        var given = HookEnvironment.of(Map.of(), "n", "e", declared, Map.of("level", "9"));

        assertEquals("3", environment.get("PLEXD_PARAM_LEVEL"));
        assertEquals(null, environment.get("PLEXD_PARAM_MODE"));
        assertEquals("9", given.get("PLEXD_PARAM_LEVEL"));
        assertEquals("/", environment.get("HOME"));
    }

    @Test
    void refusesNamesThatBecomeTheSame() {
        var failure = assertThrows(
                ActionFailed.class,
                () -> HookEnvironment.of(Map.of(), "n", "e", List.of(), Map.of("a-b", "1", "a_b", "2")));

        assertEquals("parameters \"a-b\" and \"a_b\" would both be the variable PLEXD_PARAM_A_B", failure.getMessage());
    }

    @Test
    void refusesAValueThatNoVariableCanHold() {
        assertThrows(
                ActionFailed.class,
                () -> HookEnvironment.of(Map.of(), "n", "e", List.of(), Map.of("a", "x\0PATH=/evil")));
    }

    @Test
    void refusesARunWithoutARequiredParameter() {
        var declared = List.of(parameter("level", true, ""));

        var failure = assertThrows(
                ActionFailed.class, () -> HookEnvironment.of(Map.of(), "n", "e", declared, Map.of("other", "")));

        assertEquals("parameter \"level\" is missing, the hook requires it", failure.getMessage());
    }

    private static Parameter parameter(String name, boolean required, String fallback) {
        return new Parameter(name, "string", required, fallback, "");
    }
}
