package io.nodeplane.plexd.privileges;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the bundle's files grant, one text per privilege, as {@code PrivilegesTest} compares them. */
final class Manifests {
    private static final Path BUNDLE = Path.of("../../kustomize");

    private Manifests() {}

    /** Rights as {@code verb group/resource}, over all rules of roles with the name in the file. */
    static Set<String> rights(String file, String role) throws IOException {
        var rights = new TreeSet<String>();
        for (var document : documents(BUNDLE.resolve(file))) {
            if (document.contains("\nkind: ClusterRole\n") || document.contains("\nkind: Role\n")) {
                rules(document, role).forEach(rule -> add(rule, rights));
            }
        }
        return rights;
    }

    private static List<PolicyRule> rules(String document, String name) {
        if (document.contains("\nkind: ClusterRole\n")) {
            var role = Serialization.unmarshal(document, ClusterRole.class);
            return role.getMetadata().getName().equals(name) ? role.getRules() : List.of();
        }
        var role = Serialization.unmarshal(document, Role.class);
        return role.getMetadata().getName().equals(name) ? role.getRules() : List.of();
    }

    private static void add(PolicyRule rule, Set<String> rights) {
        if (!rule.getNonResourceURLs().isEmpty()) {
            rights.add("nonResourceURLs " + rule.getNonResourceURLs());
        }
        for (var group : rule.getApiGroups()) {
            for (var resource : rule.getResources()) {
                rule.getVerbs().forEach(verb -> rights.add(verb + " " + group + "/" + resource));
            }
        }
    }

    /** The agent's pod as base has it. */
    static Set<String> podSettings() throws IOException {
        var daemonSet =
                Serialization.unmarshal(Files.readString(BUNDLE.resolve("base/plexd/daemonset.yaml")), DaemonSet.class);
        var pod = daemonSet.getSpec().getTemplate().getSpec();
        var settings = new TreeSet<String>();
        addIf(settings, pod.getHostNetwork(), "hostNetwork");
        addIf(settings, pod.getHostPID(), "hostPID");
        addIf(settings, pod.getHostIPC(), "hostIPC");
        addIf(settings, pod.getAutomountServiceAccountToken(), "automountServiceAccountToken");
        Optional.ofNullable(pod.getPriorityClassName()).ifPresent(name -> settings.add("priorityClassName " + name));
        settings.add("runAsUser " + pod.getSecurityContext().getRunAsUser());
        pod.getTolerations().stream()
                .filter(toleration -> "Exists".equals(toleration.getOperator()) && toleration.getKey() == null)
                .forEach(_ -> settings.add("tolerations of everything"));
        containers(pod).forEach(container -> addContainer(container, settings));
        pod.getVolumes().stream()
                .filter(volume -> volume.getHostPath() != null)
                .forEach(volume -> settings.add(hostPath(volume, pod)));
        return settings;
    }

    private static void addContainer(Container container, Set<String> settings) {
        var context = container.getSecurityContext();
        addIf(settings, context.getPrivileged(), "privileged");
        addIf(settings, context.getAllowPrivilegeEscalation(), "allowPrivilegeEscalation");
        context.getCapabilities().getAdd().forEach(name -> settings.add("capability " + name));
        container.getPorts().forEach(port -> settings.add("port " + port.getContainerPort()));
    }

    private static String hostPath(Volume volume, PodSpec pod) {
        var isWritten = containers(pod)
                .flatMap(container -> container.getVolumeMounts().stream())
                .filter(mount -> mount.getName().equals(volume.getName()))
                .anyMatch(Manifests::isWritable);
        return "hostPath " + volume.getHostPath().getPath() + (isWritten ? ", writable" : ", read-only");
    }

    private static boolean isWritable(VolumeMount mount) {
        return !Boolean.TRUE.equals(mount.getReadOnly());
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream());
    }

    private static void addIf(Set<String> settings, Boolean isSet, String name) {
        if (Boolean.TRUE.equals(isSet)) {
            settings.add(name);
        }
    }

    private static List<String> documents(Path file) throws IOException {
        var documents = new ArrayList<String>();
        Arrays.stream(Files.readString(file).split("(?m)^---\n"))
                .map(text -> "\n" + text)
                .forEach(documents::add);
        return documents;
    }
}
