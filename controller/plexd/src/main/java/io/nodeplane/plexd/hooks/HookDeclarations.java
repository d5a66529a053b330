package io.nodeplane.plexd.hooks;

import io.nodeplane.plexd.capabilities.Capabilities.PlexdHook;
import io.nodeplane.plexd.hooks.HookSpec.Parameter;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which PlexdHooks a node declares, and how (protocol facts 5.2): only what it would run, and only images that are fixed to the byte. */
final class HookDeclarations {
    /** The end of an image that names its content (OCI image reference by digest). */
    private static final Pattern PINNED = Pattern.compile(".*@(sha256:[0-9a-f]{64})");

    private HookDeclarations() {}

    /** Sorted by name; of several hooks of one name the one whose object comes first, the same on every node. */
    static List<PlexdHook> of(List<HookObserved> hooks, String node, HookRules rules) {
        var byName = new TreeMap<String, PlexdHook>();
        hooks.stream()
                .sorted(Comparator.comparing(HookObserved::name))
                .filter(hook -> !hook.deleting() && isFor(node, hook))
                .filter(hook -> rules.refusal(hook.spec()).isEmpty())
                .flatMap(hook -> declared(hook.spec()).stream())
                .forEach(hook -> byName.putIfAbsent(hook.name(), hook));
        return List.copyOf(byName.values());
    }

    /** Whose labels a selector fits is known when the hook has begun. */
    private static boolean isFor(String node, HookObserved hook) {
        return switch (hook.spec().target()) {
            case Target.AnyNode _ -> true;
            case Target.OneNode(var name) -> name.equals(node);
            case Target.Labelled _ -> !hook.hasBegun() || hook.status().on(node).isPresent();
        };
    }

    private static Optional<PlexdHook> declared(HookSpec spec) {
        var pinned = PINNED.matcher(spec.template().image());
        if (!pinned.matches()) {
            return Optional.empty();
        }
        var parameters = spec.parameters().stream()
                .collect(Collectors.toMap(Parameter::name, HookDeclarations::shown, (a, b) -> a));
        return Optional.of(new PlexdHook(
                spec.hookName(),
                pinned.group(1),
                parameters,
                spec.template().activeDeadlineSeconds().map(Duration::ofSeconds),
                !spec.privileged()));
    }

    /** What is declared is shown to many more people than may read a hook. */
    private static String shown(Parameter parameter) {
        return FailureText.namesASecret(parameter.name()) ? FailureText.HIDDEN : parameter.value();
    }
}
