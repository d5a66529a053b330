package io.nodeplane.plexd.hooks;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.PlexdHookSpec;
import com.plexsphere.plexd.v1alpha1.PlexdHookStatus;
import com.plexsphere.plexd.v1alpha1.plexdhookspec.JobTemplate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a PlexdHook has what its schema demands. A schema can be replaced, and what it would have refused is no hook: it
 * must neither run nor end the worker that looks after the others.
 */
final class HookShape {
    private HookShape() {}

    static boolean isWhole(PlexdHook object) {
        var meta = object.getMetadata();
        return meta != null
                && isText(meta.getName())
                && object.getSpec() != null
                && isWhole(object.getSpec())
                && (object.getStatus() == null || isWhole(object.getStatus()));
    }

    private static boolean isWhole(PlexdHookSpec spec) {
        return isText(spec.getHookName())
                && isWhole(spec.getNodeSelector())
                && isWhole(
                        spec.getParameters(), parameter -> isText(parameter.getName()) && parameter.getValue() != null)
                && (spec.getJobTemplate() == null || isWhole(spec.getJobTemplate()));
    }

    private static boolean isWhole(JobTemplate template) {
        var resources = template.getResources();
        return isWhole(template.getCommand(), _ -> true)
                && isWhole(template.getArgs(), _ -> true)
                && isWhole(template.getHostPaths(), path -> isText(path.getPath()) && isText(path.getMountPath()))
                && (resources == null || (isWhole(resources.getRequests()) && isWhole(resources.getLimits())));
    }

    private static boolean isWhole(PlexdHookStatus status) {
        return isWhole(
                        status.getConditions(),
                        condition -> isText(condition.getType()) && condition.getReason() != null)
                && isWhole(status.getNodes(), node -> isText(node.getNode()));
    }

    private static <T> boolean isWhole(@Nullable List<T> items, Predicate<T> isItem) {
        return items == null || items.stream().allMatch(item -> item != null && isItem.test(item));
    }

    private static boolean isWhole(@Nullable Map<String, ?> members) {
        return members == null || members.values().stream().noneMatch(Objects::isNull);
    }

    private static boolean isText(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
