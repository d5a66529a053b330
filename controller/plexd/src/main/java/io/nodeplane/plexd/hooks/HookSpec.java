package io.nodeplane.plexd.hooks;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a PlexdHook asks for.
 *
 * @param hookName not empty
 */
record HookSpec(String hookName, Target target, JobTemplate template, List<Parameter> parameters, boolean privileged) {
    /** Name of the hook's image when it names none (seed "PlexdHook", jobTemplate). */
    static final String DEFAULT_IMAGE = "busybox:latest";

    HookSpec {
        parameters = List.copyOf(parameters);
    }

    /** Where the hook runs. */
    sealed interface Target {
        /** Nobody said: whoever is first (seed "PlexdHook", watch-create-status cycle). */
        record AnyNode() implements Target {}

        /** One node, by its Kubernetes name. */
        record OneNode(String name) implements Target {}

        /** All nodes that have these labels when the hook begins. */
        record Labelled(Map<String, String> labels) implements Target {
            public Labelled {
                labels = Map.copyOf(labels);
            }
        }
    }

    /** One name and value. */
    record Parameter(String name, String value) {}

    /** A file or directory of the node, and where the container sees it. */
    record HostPath(String path, String mountPath, boolean readOnly) {}

    /**
     * The Job and its container.
     *
     * @param requests and limits: amounts by resource, as they are written
     * @param backoffLimit how often a failed pod is run again
     */
    record JobTemplate(
            String image,
            List<String> command,
            List<String> args,
            Optional<String> imagePullPolicy,
            Map<String, String> requests,
            Map<String, String> limits,
            List<HostPath> hostPaths,
            Optional<String> serviceAccountName,
            boolean mountsToken,
            int backoffLimit,
            Optional<Long> activeDeadlineSeconds,
            Optional<Integer> ttlSecondsAfterFinished) {
        /** What a hook without template gets. */
        static final JobTemplate DEFAULT = new JobTemplate(
                DEFAULT_IMAGE,
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.empty());

        JobTemplate {
            command = List.copyOf(command);
            args = List.copyOf(args);
            requests = Map.copyOf(requests);
            limits = Map.copyOf(limits);
            hostPaths = List.copyOf(hostPaths);
        }
    }
}
