package io.nodeplane.plexd.hooks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeplane.plexd.capabilities.Capabilities.PlexdHook;
import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.runtime.lifecycle.Worker;
import io.nodeplane.runtime.retry.Backoff;
import io.nodeplane.runtime.retry.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once after the start which PlexdHooks this node declares (protocol facts 5.2), and again only while the API server does not
 * answer. Thread-safe.
 */
public final class DeclaredHooks implements Worker.Body {
    private static final Logger LOG = LoggerFactory.getLogger(DeclaredHooks.class);

    /** Nobody waits for it any more, so it may be slow. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), 0.25);

    private final HookList list;
    private final HookController.Settings settings;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final CountDownLatch looked = new CountDownLatch(1);
    private volatile List<PlexdHook> found = List.of();
    private volatile Consumer<List<PlexdHook>> listener = hooks -> {};

    DeclaredHooks(HookList list, HookController.Settings settings, Sleeper sleeper, RandomGenerator random) {
        this.list = list;
        this.settings = settings;
        this.sleeper = sleeper;
        this.random = random;
    }

    /** Those of a real API server; nothing is asked yet. */
    public static DeclaredHooks over(
            KubernetesClient client, HookController.Settings settings, Sleeper sleeper, RandomGenerator random) {
        return new DeclaredHooks(new KubernetesHookObjects(client, settings.namespace()), settings, sleeper, random);
    }

    /** Called when they have been found, on the thread that found them. */
    public void onFound(Consumer<List<PlexdHook>> told) {
        listener = told;
    }

    /** What has been found so far. */
    public List<PlexdHook> found() {
        return found;
    }

    /** Waits for the first answer of the API server, whatever it is, but no longer than this. */
    public void awaitFirstLook(Duration limit) throws InterruptedException {
        var _ = looked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() throws InterruptedException {
        for (var failures = 1; !look(failures > 1); failures++) {
            sleeper.sleep(BACKOFF.delay(failures, random));
        }
    }

    private boolean look(boolean again) {
        try {
            found = HookDeclarations.of(list.forNode(settings.node()), settings.node(), settings.rules());
            listener.accept(found);
            return true;
        } catch (ClusterFault fault) {
            var level = again ? LOG.atDebug() : LOG.atWarn();
            level.addKeyValue("reason", fault.getMessage())
                    .addKeyValue("remedy", fault.remedy())
                    .log("PlexdHooks are not declared yet, will retry");
            return false;
        } finally {
            looked.countDown();
        }
    }
}
