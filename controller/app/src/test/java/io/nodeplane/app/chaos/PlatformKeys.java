package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.plexd.identity.MeshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Mesh key and signing keys of the platform's contract follow each other; in the end node and control plane name the same mesh key,
 * nothing is staged any more, and the node has stored the signing key in use.
 */
final class PlatformKeys implements Trial {
    private final MockApi api;
    private final Path data;
    private int meshKeys;
    private int signingKeys;

    PlatformKeys(MockApi api, Path data) {
        this.api = api;
        this.data = data;
    }

    @Override
    public void act(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> api.platform().inject("{\"id\":\"rotate-" + meshKeys++ + "\",\"type\":\"rotate_keys\"}");
            case 1 ->
                api.platform().rotateSigningKey("did:web:plexsphere.com#key-" + signingKeys++, Duration.ofMinutes(5));
            default -> {
                // Keys do not change all the time.
            }
        }
    }

    @Override
    public List<String> open() throws IOException {
        var open = new ArrayList<String>();
        var nodeId = api.nodes().getFirst().nodeId();
        if (api.platform().owesMeshKey(nodeId) || Files.exists(data.resolve("rotation_pending_key"))) {
            open.add("a rotation of the mesh key is not over");
        }
        var ours = new MeshKey(Files.readString(data.resolve("private_key")).strip()).publicText();
        if (!Optional.of(ours).equals(api.platform().meshKey(nodeId))) {
            open.add("node and control plane have different mesh keys after " + meshKeys + " rotations");
        }
        var signing = api.platform().signingKeyId();
        if (!Files.readString(data.resolve("identity.json")).contains(signing)) {
            open.add("the node has not stored signing key " + signing + ", the last of " + signingKeys);
        }
        return open;
    }

    @Override
    public List<String> violations() {
        return List.of();
    }

    @Override
    public String told() {
        return meshKeys + " mesh keys, " + signingKeys + " signing keys";
    }
}
