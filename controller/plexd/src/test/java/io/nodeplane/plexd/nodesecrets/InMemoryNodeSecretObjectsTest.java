package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import java.util.List;
import java.util.Optional;

class InMemoryNodeSecretObjectsTest extends NodeSecretObjectsContract {
    private final InMemoryNodeSecretObjects objects = new InMemoryNodeSecretObjects();

    @Override
    NodeSecretObjects objects() {
        return objects;
    }

    @Override
    Owner owner(int number) {
        return new Owner("node-n-1", "uid-" + number);
    }

    @Override
    List<String> existing() {
        return objects.secrets.entrySet().stream()
                .map(entry -> entry.getValue()
                        .map(secret -> secret.name() + " " + secret.owner().uid() + " " + secret.version())
                        .orElse(entry.getKey()))
                .toList();
    }

    @Override
    void stranger(String name) {
        objects.secrets.put(name, Optional.empty());
    }
}
