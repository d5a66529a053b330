package io.nodeplane.plexd.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import io.nodeplane.plexd.capabilities.Capabilities.PlexdHook;
import io.nodeplane.plexd.wire.JsonBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What the agent can do as the platform takes it (protocol facts 5.2): at most 128 hooks of each kind and 32 KiB in all. What is beyond
 * is left out and told: refused as a whole, nothing would be known of the node.
 */
final class CapabilityBody {
    private static final int MAX_HOOKS = 128;
    private static final int MAX_BYTES = 32 << 10;

    /** What stands around the hooks of the cluster. */
    private static final int PLEXD_HOOKS = ",\"plexd_hooks\":[]".length();

    private final Curiosities curiosities;
    private int left;

    private CapabilityBody(Curiosities curiosities, int left) {
        this.curiosities = curiosities;
        this.left = left;
    }

    static byte[] of(Capabilities capabilities, String version, Curiosities curiosities) {
        var bare = body(capabilities, version, List.of(), List.of());
        var room = new CapabilityBody(curiosities, MAX_BYTES - bare.length - PLEXD_HOOKS);
        var declared = room.fitting(
                "declared_hooks",
                capabilities.hooks().stream().map(CapabilityBody::hook).toList());
        var ofCluster = room.fitting(
                "plexd_hooks",
                capabilities.plexdHooks().stream()
                        .map(CapabilityBody::plexdHook)
                        .toList());
        return body(capabilities, version, declared, ofCluster);
    }

    private static byte[] body(
            Capabilities capabilities, String version, List<byte[]> declared, List<byte[]> ofCluster) {
        return JsonBody.object(out -> {
            out.writeStringField("binary_version", version);
            out.writeStringField("binary_checksum", base64(capabilities.checksum()));
            write("declared_hooks", declared, out);
            if (!ofCluster.isEmpty()) {
                // Newer than the rest (September 2026): a platform from before it refuses the member.
                write("plexd_hooks", ofCluster, out);
            }
        });
    }

    private static void write(String name, List<byte[]> hooks, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (var hook : hooks) {
            out.writeRawValue(new String(hook, StandardCharsets.UTF_8));
        }
        out.writeEndArray();
    }

    /** The first of them that fit into what is left. */
    private List<byte[]> fitting(String name, List<byte[]> hooks) {
        var kept = new ArrayList<byte[]>();
        for (var hook : hooks) {
            // And the comma.
            if (kept.size() < MAX_HOOKS && hook.length < left) {
                kept.add(hook);
                left -= hook.length + 1;
            }
        }
        if (kept.size() < hooks.size()) {
            curiosities.met("not all hooks fit into the declaration of capabilities: the rest is left out", name);
        }
        return kept;
    }

    private static byte[] hook(Hook hook) {
        return JsonBody.object(out -> {
            out.writeStringField("name", hook.name());
            out.writeStringField("checksum", base64(hook.checksum()));
        });
    }

    private static byte[] plexdHook(PlexdHook hook) {
        return JsonBody.object(out -> {
            out.writeStringField("name", hook.name());
            out.writeStringField("image_digest", hook.imageDigest());
            JsonBody.writeTexts("parameters", hook.parameters(), out);
            if (hook.timeout().isPresent()) {
                out.writeNumberField("timeout_seconds", hook.timeout().get().toSeconds());
            }
            out.writeBooleanField("sandbox", hook.sandbox());
        });
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
