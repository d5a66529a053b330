package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.MockApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The control plane's signing keys follow each other; in the end the node has stored the one that signs. Seeds' contract. */
final class SigningKeys implements Trial {
    private final MockApi api;
    private final Path data;
    private int rotations;

    SigningKeys(MockApi api, Path data) {
        this.api = api;
        this.data = data;
    }

    @Override
    public void act(Random random) {
        if (random.nextInt(4) == 0) {
            api.rotateSigningKey(Duration.ofMinutes(5));
            rotations++;
        }
    }

    @Override
    public List<String> open() throws IOException {
        var stored = Files.readString(data.resolve("signing_public_key")).strip();
        return api.state().contains("\"current\":\"" + stored + "\"")
                ? List.of()
                : List.of("the node holds another signing key than the control plane uses after " + rotations
                        + " rotations");
    }

    @Override
    public List<String> violations() {
        return List.of();
    }

    @Override
    public String told() {
        return rotations + " signing keys";
    }
}
