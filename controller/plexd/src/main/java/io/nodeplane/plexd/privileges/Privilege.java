package io.nodeplane.plexd.privileges;

import java.util.List;

/** One thing that the agent's account or pod may do beyond what any pod may. */
public sealed interface Privilege {
    /** What needs it. */
    Feature feature();

    /** For what. */
    String purpose();

    /** How far a right reaches in the production overlay. */
    enum Reach {
        /** The agent's namespace. */
        NAMESPACE,
        /** The cluster, because Kubernetes knows it in no other way. */
        CLUSTER
    }

    /**
     * A right at the API server.
     *
     * @param group API group, empty for core
     * @param resource plural, with {@code /subresource}
     * @param verbs in the order of the manifest
     */
    record Right(Reach reach, String group, String resource, List<String> verbs, Feature feature, String purpose)
            implements Privilege {
        public Right {
            verbs = List.copyOf(verbs);
        }
    }

    /**
     * A setting of the pod.
     *
     * @param setting as the manifest's field and value, for example {@code capability NET_ADMIN}
     */
    record PodSetting(String setting, Feature feature, String purpose) implements Privilege {}
}
