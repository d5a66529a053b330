package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.hooks.HookSpec.HostPath;
import io.nodeplane.plexd.hooks.HookSpec.JobTemplate;
import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hooks and Jobs as tests need them. */
final class Hooks {
    static final Instant NOW = Instant.parse("2026-02-20T12:00:00Z");
    static final HookRules RULES = new HookRules(true, Set.of());
    static final Target SSD = new Target.Labelled(Map.of("disk", "ssd"));

    private Hooks() {}

    /** The seed's example. */
    static HookSpec seedExample() {
        return new HookSpec(
                "disk-check",
                new Target.AnyNode(),
                template("alpine:3.19", List.of("/bin/sh", "-c"), List.of("df -h /dev/sda1")),
                List.of(new Parameter("disk-path", "/dev/sda1"), new Parameter("threshold", "90")),
                false);
    }

    static HookSpec spec(Target target, Parameter... parameters) {
        return new HookSpec("collect", target, JobTemplate.DEFAULT, List.of(parameters), false);
    }

    static HookSpec everything() {
        var template = new JobTemplate(
                "registry.example.com/tools/trim:2.1",
                List.of("/bin/trim"),
                List.of("--all"),
                Optional.of("IfNotPresent"),
                Map.of("cpu", "50m", "memory", "32Mi"),
                Map.of("memory", "64Mi"),
                List.of(new HostPath("/var/lib/data", "/data", false), new HostPath("/etc", "/host/etc", true)),
                Optional.of("trim"),
                true,
                2,
                Optional.of(600L),
                Optional.of(86_400));
        return new HookSpec("trim", new Target.OneNode("node-a"), template, List.of(), false);
    }

    static HookObserved hook(String name, HookSpec spec) {
        return hook(name, spec, HookStatus.NONE);
    }

    static HookObserved hook(String name, HookSpec spec, HookStatus status) {
        return new HookObserved(name, "uid-" + name, 1, "1", false, spec, status);
    }

    /** The node's Job of a hook. */
    static JobObserved job(HookObserved hook, String node, Phase phase) {
        return new JobObserved(
                HookDesired.jobName(hook, node),
                "job-uid",
                "PlexdHook",
                hook.name(),
                hook.uid(),
                node,
                phase,
                Optional.of(NOW),
                phase.isFinal() ? Optional.of(NOW.plusSeconds(9)) : Optional.empty(),
                phase == Phase.FAILED ? "BackoffLimitExceeded" : "",
                phase == Phase.FAILED ? "Job has reached the specified backoff limit" : "");
    }

    private static JobTemplate template(String image, List<String> command, List<String> args) {
        var plain = JobTemplate.DEFAULT;
        return new JobTemplate(
                image,
                command,
                args,
                plain.imagePullPolicy(),
                plain.requests(),
                plain.limits(),
                plain.hostPaths(),
                plain.serviceAccountName(),
                plain.mountsToken(),
                plain.backoffLimit(),
                plain.activeDeadlineSeconds(),
                plain.ttlSecondsAfterFinished());
    }
}
