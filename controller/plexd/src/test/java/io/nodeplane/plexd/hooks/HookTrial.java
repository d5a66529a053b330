package io.nodeplane.plexd.hooks;

import com.plexsphere.plexd.v1alpha1.PlexdHook;
import io.nodeplane.model.ModelJson;
import java.util.Set;

/** The way of a PlexdHook through the agent without an API server, for tests with hostile content. */
public final class HookTrial {
    private HookTrial() {}

    /** An object as an API server sends it. */
    public static PlexdHook read(String json) {
        return ModelJson.serialization().unmarshal(json, PlexdHook.class);
    }

    /** The Job that the agent would make, or why it makes none. */
    public static String outcome(PlexdHook object) {
        var hook = HookObject.ifWhole(object);
        if (hook.isEmpty()) {
            return "left alone";
        }
        var refusal = new HookRules(true, Set.of()).refusal(hook.get().spec());
        if (refusal.isPresent()) {
            return "refused: " + refusal.get().reason();
        }
        var desired = HookDesired.from(hook.get(), "plexd", "node");
        return "job " + desired.name() + " with " + JobManifest.of(desired).size() + " members";
    }
}
