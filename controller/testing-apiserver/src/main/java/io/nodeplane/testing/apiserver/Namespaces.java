package io.nodeplane.testing.apiserver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;

/** What Kustomize's {@code namespace} does to the kinds that the bundle has. */
final class Namespaces {
    private Namespaces() {}

    static void put(HasMetadata item, String namespace) {
        if (item instanceof Namespaced) {
            item.getMetadata().setNamespace(namespace);
        }
        switch (item) {
            case RoleBinding binding -> put(binding.getSubjects(), namespace);
            case ClusterRoleBinding binding -> put(binding.getSubjects(), namespace);
            default -> {}
        }
    }

    private static void put(List<Subject> subjects, String namespace) {
        subjects.forEach(subject -> subject.setNamespace(namespace));
    }
}
