package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.capabilities.Capabilities.PlexdHook;
import io.nodeplane.plexd.hooks.HookSpec.HostPath;
import io.nodeplane.plexd.hooks.HookSpec.JobTemplate;
import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookDeclarationsTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);
    private static final String PINNED = "registry.example.com:5000/tools/trim:2.1@" + DIGEST;
    private static final Target ANY = new Target.AnyNode();

    @Test
    void declaresAPinnedHookAsThePlatformWantsIt() {
        var spec = new HookSpec(
                "trim",
                ANY,
                template(PINNED, Optional.of(600L)),
                List.of(new Parameter("depth", "3"), new Parameter("api-key", "s3cret"), new Parameter("Token", "t")),
                false);

        assertEquals(
                List.of(new PlexdHook(
                        "trim",
                        DIGEST,
                        Map.of("depth", "3", "api-key", "***", "Token", "***"),
                        Optional.of(Duration.ofMinutes(10)),
                        true)),
                declared(Hooks.hook("trim-1", spec)));
    }

    @ParameterizedTest
    @CsvSource({
        "busybox:latest",
        "busybox",
        "busybox@sha256:0a0a",
        "busybox@sha512:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        "busybox@sha256:0A0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
    })
    void declaresNoImageThatMayChange(String image) {
        assertEquals(List.of(), declared(hook("h", ANY, image, false)));
    }

    @Test
    void saysWhichHooksHavePowerOverTheNode() {
        assertEquals(false, declared(hook("h", ANY, PINNED, true)).getFirst().sandbox());
    }

    @Test
    void sortsByTheNameOfTheHookAndTakesTheFirstObjectOfOneName() {
        var other = "other@sha256:" + "0b".repeat(32);
        var hooks = List.of(
                Hooks.hook("z-1", spec("beta", ANY, PINNED, false)),
                Hooks.hook("b-2", spec("alpha", ANY, other, false)),
                Hooks.hook("a-1", spec("alpha", ANY, PINNED, false)));

        var declared = HookDeclarations.of(hooks, "node-a", Hooks.RULES);

        assertEquals(
                List.of("alpha " + DIGEST, "beta " + DIGEST),
                declared.stream()
                        .map(hook -> hook.name() + " " + hook.imageDigest())
                        .toList());
    }

    @Test
    void declaresWhatTheNodeWouldRunOnly() {
        var labelled = hook("open", Hooks.SSD, PINNED, false);
        var mine = begun(hook("mine", Hooks.SSD, PINNED, false), "node-a");
        var others = begun(hook("others", Hooks.SSD, PINNED, false), "node-b");
        var hooks = new ArrayList<>(List.of(labelled, mine, others));
        hooks.add(hook("named", new Target.OneNode("node-a"), PINNED, false));
        hooks.add(hook("elsewhere", new Target.OneNode("node-b"), PINNED, false));
        var leaving = hook("leaving", ANY, PINNED, false);
        hooks.add(new HookObserved("leaving", "u", 1, "1", true, leaving.spec(), HookStatus.NONE));

        var declared = HookDeclarations.of(hooks, "node-a", Hooks.RULES);

        assertEquals(
                List.of("mine", "named", "open"),
                declared.stream().map(PlexdHook::name).toList());
    }

    @Test
    void declaresNothingThatTheConfigurationRefuses() {
        var hooks = List.of(hook("power", ANY, PINNED, true), hook("tame", ANY, PINNED, false));

        var declared = HookDeclarations.of(hooks, "node-a", new HookRules(false, Set.of()));

        assertEquals(List.of("tame"), declared.stream().map(PlexdHook::name).toList());
    }

    private static List<PlexdHook> declared(HookObserved hook) {
        return HookDeclarations.of(List.of(hook), "node-a", Hooks.RULES);
    }

    private static HookObserved begun(HookObserved hook, String node) {
        return Hooks.hook(hook.name(), hook.spec(), HookProgress.begun(hook, List.of(node), Hooks.NOW));
    }

    private static HookObserved hook(String name, Target target, String image, boolean privileged) {
        return Hooks.hook(name, spec(name, target, image, privileged));
    }

    private static HookSpec spec(String name, Target target, String image, boolean privileged) {
        return new HookSpec(name, target, template(image, Optional.empty()), List.of(), privileged);
    }

    private static JobTemplate template(String image, Optional<Long> deadline) {
        return new JobTemplate(
                image,
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.<HostPath>of(),
                Optional.empty(),
                false,
                0,
                deadline,
                Optional.empty());
    }
}
