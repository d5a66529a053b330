package io.nodeplane.plexd.hooks;

import io.nodeplane.testing.apiserver.ApiServer;
import io.nodeplane.testing.apiserver.SharedApiServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real API server: field selectors, server-side apply, and the rights of the bundle. */
@ExtendWith(SharedApiServer.class)
class KubernetesHookObjectsIT extends HookObjectsContract {
    private final HookCluster cluster;

    KubernetesHookObjectsIT(ApiServer server) throws Exception {
        cluster = new HookCluster(server);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Override
    HookObjects objects() {
        return cluster.ports().objects();
    }

    @Override
    HookList list() {
        return cluster.list();
    }

    @Override
    HookObserved make(String name, HookSpec spec) {
        return cluster.make(name, spec);
    }

    @Override
    void remove(String name) {
        cluster.remove(name);
    }

    @Override
    void eventually(Runnable check) throws Exception {
        HookCluster.eventually(check::run);
    }
}
