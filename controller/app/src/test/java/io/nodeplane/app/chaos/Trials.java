package io.nodeplane.app.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which trials a node of a kind has. */
final class Trials {
    private Trials() {}

    static List<Trial> of(NodeWorld world, Optional<ChaosCluster> cluster, Random random) throws IOException {
        var directory = world.directory();
        var data = directory.resolve("data");
        var api = world.api();
        var hook = CountedHook.in(directory);
        var trials = new ArrayList<Trial>();
        trials.add(new AuditTrail(api, directory.resolve("audit.log"), new Random(random.nextLong())));
        trials.add(new NodeApiReports(api, socket(directory), world.kind().contract()));
        switch (world.kind()) {
            case PLATFORM -> {
                trials.add(new PulledActions(api, hook));
                trials.add(new PlatformKeys(api, data));
            }
            case SEEDS, CLUSTER -> {
                trials.add(new PushedActions(api, hook, world::hadDiskFault));
                trials.add(new SigningKeys(api, data));
            }
        }
        if (cluster.isPresent() && world.account().isPresent()) {
            var admin = cluster.get().admin();
            var name = world.account().get().name();
            trials.add(new NodeStateMirror(api, admin, name));
            trials.add(new HookRuns(admin, name, new Random(random.nextLong())));
        }
        return trials;
    }

    /** The path of a socket is short, and a temporary directory's may be long already. */
    private static Path socket(Path directory) {
        return directory.resolve("s");
    }
}
