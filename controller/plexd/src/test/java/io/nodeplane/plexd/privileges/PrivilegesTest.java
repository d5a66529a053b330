package io.nodeplane.plexd.privileges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.config.PlexdKeys;
import io.nodeplane.plexd.privileges.Privilege.PodSetting;
import io.nodeplane.plexd.privileges.Privilege.Reach;
import io.nodeplane.plexd.privileges.Privilege.Right;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No privilege of the bundle without a line in the code, and no line without its privilege (seed "RBAC permissions").
 */
class PrivilegesTest {
    private static final String BASE = "base/plexd/clusterrole.yaml";
    private static final String NARROW = "components/namespaced-rbac/";

    @Test
    void baseGrantsWhatTheLinesSay() throws IOException {
        assertEquals(rights(EnumSet.allOf(Reach.class)), Manifests.rights(BASE, "plexd"));
    }

    @Test
    void productionGrantsInTheNamespaceWhatTheLinesSay() throws IOException {
        assertEquals(rights(EnumSet.of(Reach.NAMESPACE)), Manifests.rights(NARROW + "role.yaml", "plexd"));
    }

    @Test
    void productionGrantsInTheClusterWhatTheLinesSay() throws IOException {
        assertEquals(rights(EnumSet.of(Reach.CLUSTER)), Manifests.rights(NARROW + "clusterrole.yaml", "plexd"));
    }

    @Test
    void thePodIsGivenWhatTheLinesSay() throws IOException {
        var settings = Privileges.ALL.stream()
                .filter(PodSetting.class::isInstance)
                .map(PodSetting.class::cast)
                .map(PodSetting::setting)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(settings, Manifests.podSettings());
    }

    @Test
    void aRightMoreOrLessIsFound() throws IOException {
        assertNotEquals(rights(EnumSet.of(Reach.CLUSTER)), Manifests.rights(BASE, "plexd"));
        assertEquals(Set.of(), Manifests.rights(BASE, "somebody else"));
    }

    @Test
    void everySwitchIsAConfigurationKey() {
        var keys = PlexdKeys.all().all().stream().map(key -> key.path()).collect(Collectors.toSet());

        Arrays.stream(Feature.values())
                .map(Feature::key)
                .filter(key -> !key.isEmpty())
                .forEach(key -> assertTrue(keys.contains(key), key));
    }

    private static Set<String> rights(Set<Reach> reaches) {
        return Privileges.ALL.stream()
                .filter(Right.class::isInstance)
                .map(Right.class::cast)
                .filter(right -> reaches.contains(right.reach()))
                .flatMap(right ->
                        right.verbs().stream().map(verb -> verb + " " + right.group() + "/" + right.resource()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
