package io.nodeplane.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.plexsphere.plexd.v1alpha1.PlexdHook;
import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * JSON form of the API server's objects, for every client that reads or writes our kinds. Source: DESIGN.md of this
 * module, "Reading".
 */
public final class ModelJson {
    private ModelJson() {}

    /**
     * A serialization for {@code KubernetesClientBuilder.withKubernetesSerialization}. It reads objects of a newer
     * schema: unknown fields are skipped and unknown values of an enum are read as null, where the generated types alone
     * would fail a whole list for one such object. It does not search the class path for kinds (1 MB and 100 ms less at
     * start), so kinds other than ours and those named by class are read as {@code GenericKubernetesResource}. {@code Status} is
     * named: without it the client takes the end of an expired watch (410) for an unknown object and asks for the same watch
     * again for ever, instead of listing anew.
     */
    public static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);
        var serialization = new KubernetesSerialization(mapper, false);
        serialization.registerKubernetesResource(PlexdNodeState.class);
        serialization.registerKubernetesResource(PlexdHook.class);
        serialization.registerKubernetesResource("v1", "Status", Status.class);
        return serialization;
    }
}
