package io.nodeplane.plexd.nodesecrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Node;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeSecretsSyncTest {
    private final InMemoryNodeSecretObjects objects = new InMemoryNodeSecretObjects();
    private final Ledger ledger = new Ledger();
    private final SealedSecrets controlPlane = new SealedSecrets();
    private final List<Duration> slept = new ArrayList<>();

    @Test
    void recordsWhatItIsAboutToMakeAndThenWhatItMade() throws InterruptedException {
        var sync = sync(objects);
        sync.offer(SealedSecrets.state(Map.of("db", 3L)));

        assertTrue(sync.cycle());

        assertEquals(List.of("db=plexd-secret-n-1-db", "db=plexd-secret-n-1-db@3"), ledger.written);
        assertEquals(1, objects.secrets.size());
    }

    @Test
    void asksNobodyWhileNoVersionChanges() throws InterruptedException {
        var sync = sync(objects);
        sync.offer(SealedSecrets.state(Map.of("db", 3L)));
        sync.cycle();
        var after = sync(new Forbidden());
        after.offer(SealedSecrets.state(Map.of("db", 3L)));

        assertTrue(after.cycle());

        assertEquals(1, controlPlane.fetched.size());
        assertEquals(2, ledger.written.size());
    }

    @Test
    void oneSecretThatCannotBeHadHoldsUpNoOther() throws InterruptedException {
        controlPlane.failures.put("bad", new ApiException.Unreachable("refused", null));
        var sync = sync(objects);
        sync.offer(SealedSecrets.state(Map.of("bad", 1L, "db", 3L)));

        assertFalse(sync.cycle());
        assertEquals("bad=plexd-secret-n-1-bad db=plexd-secret-n-1-db@3", ledger.written.getLast());

        controlPlane.failures.clear();
        assertTrue(sync.cycle());
        assertEquals("bad=plexd-secret-n-1-bad@1 db=plexd-secret-n-1-db@3", ledger.written.getLast());
        assertEquals(List.of("bad", "db", "bad"), controlPlane.fetched);
    }

    @Test
    void waitsAsLongAsTheControlPlaneAsks() throws InterruptedException {
        controlPlane.failures.put("db", new ApiException.RateLimited(Duration.ofSeconds(17), "slower"));
        var sync = sync(objects);
        sync.offer(SealedSecrets.state(Map.of("db", 3L)));

        assertFalse(sync.cycle());

        assertEquals(List.of(Duration.ofSeconds(17)), slept);
    }

    @Test
    void doesNothingBeforeTheFirstStateAndWithoutItsObject() throws InterruptedException {
        var before = sync(new Forbidden());
        assertTrue(before.cycle());

        ledger.object = Optional.empty();
        var without = sync(new Forbidden());
        without.offer(SealedSecrets.state(Map.of("db", 3L)));
        assertTrue(without.cycle());
    }

    @Test
    void deletesWhatAnEarlierProcessLeftThoughNothingIsWanted() throws InterruptedException {
        var earlier = sync(objects);
        earlier.offer(SealedSecrets.state(Map.of("db", 3L)));
        earlier.cycle();
        var sync = sync(objects);
        sync.offer(SealedSecrets.state(Map.of()));

        assertTrue(sync.cycle());

        assertEquals(Map.of(), objects.secrets);
        assertEquals("", ledger.written.getLast());
    }

    @Test
    void makesNothingThatItCouldNotRecord() throws InterruptedException {
        ledger.broken = true;
        var sync = sync(new Forbidden());
        sync.offer(SealedSecrets.state(Map.of("db", 3L)));

        assertFalse(sync.cycle());
    }

    @Test
    void anotherAnswerThanAskedForIsNotTaken() throws InterruptedException {
        controlPlane.answers.put("db", "other");
        var sync = sync(objects);
        sync.offer(SealedSecrets.state(Map.of("db", 3L)));

        assertFalse(sync.cycle());

        assertEquals(Map.of(), objects.secrets);
    }

    @Test
    void plainTextIsOpenedOnlyForNamedReferences() throws InterruptedException {
        var sync = new NodeSecretsSync(
                objects,
                ledger,
                controlPlane.source(),
                new NodeSecretsSync.Settings("n-1", Optional.of("worker-1"), Set.of("db"), Duration.ofSeconds(10)),
                slept::add,
                new Random(1),
                new NodeSecretsMetrics(new PrometheusRegistry()),
                () -> {});
        sync.offer(SealedSecrets.state(Map.of("db", 1L, "other", 1L)));

        assertTrue(sync.cycle());

        assertEquals("Plain", content("plexd-plain-secret-n-1-db"));
        assertEquals("Sealed", content("plexd-secret-n-1-other"));
    }

    @Test
    void killedAfterAnyStepTheNextProcessLeavesNothingOver() throws InterruptedException {
        for (var step = 1; ; step++) {
            objects.secrets.clear();
            ledger.reset();
            sync(objects, Map.of("gone", 1L, "kept", 1L)).cycle();
            var killer = new Killer(step);
            var killed =
                    killer.dies(sync(killer.around(objects), killer.around(ledger)), Map.of("kept", 2L, "new", 1L));

            sync(objects, Map.of("kept", 2L)).cycle();

            assertEquals(List.of("plexd-secret-n-1-kept"), List.copyOf(objects.secrets.keySet()), "step " + step);
            assertEquals("kept=plexd-secret-n-1-kept@2", ledger.written.getLast(), "step " + step);
            if (!killed) {
                assertTrue(step > 8, "the work has " + step + " steps");
                return;
            }
        }
    }

    private String content(String name) {
        return String.valueOf(Optional.ofNullable(objects.secrets.get(name))
                .orElseThrow()
                .orElseThrow()
                .content());
    }

    private NodeSecretsSync sync(NodeSecretObjects over, Map<String, Long> wanted) {
        var sync = sync(over);
        sync.offer(SealedSecrets.state(wanted));
        return sync;
    }

    private NodeSecretsSync sync(NodeSecretObjects over) {
        return sync(over, ledger);
    }

    private NodeSecretsSync sync(NodeSecretObjects over, SecretLedger record) {
        return new NodeSecretsSync(
                over,
                record,
                controlPlane.source(),
                SealedSecrets.settings(),
                slept::add,
                new Random(1),
                new NodeSecretsMetrics(new PrometheusRegistry()),
                () -> {});
    }

    /** Fails on any use. */
    private static final class Forbidden implements NodeSecretObjects {
        @Override
        public void put(NodeSecret secret) {
            throw new AssertionError("put " + secret.name());
        }

        @Override
        public void delete(Node node, RecordedSecret recorded) {
            throw new AssertionError("delete " + recorded);
        }
    }

    /** A record in memory that keeps its history. */
    private static final class Ledger implements SecretLedger {
        private final List<String> written = new ArrayList<>();
        private Optional<Owner> object = Optional.of(new Owner("node-n-1", "uid"));
        private List<RecordedSecret> recorded = List.of();
        private boolean broken;

        void reset() {
            written.clear();
            recorded = List.of();
        }

        @Override
        public Optional<NodeSecretsObserved> read() {
            return object.map(owner -> new NodeSecretsObserved(owner, recorded, true));
        }

        @Override
        public void write(Owner owner, List<RecordedSecret> entries) throws ClusterFault {
            if (broken) {
                throw new ClusterFault(ClusterFault.Kind.UNAVAILABLE, "away", null);
            }
            recorded = List.copyOf(entries);
            written.add(String.join(" ", entries.stream().map(Ledger::text).toList()));
        }

        private static String text(RecordedSecret entry) {
            var version = entry.version().isPresent() ? "@" + entry.version().getAsLong() : "";
            return entry.key() + "=" + entry.secretName() + version;
        }
    }

    @Test
    void theKillerKills() {
        var killer = new Killer(1);
        var around = killer.around(objects);

        assertThrows(
                Killer.Killed.class,
                () -> around.delete(NodeSecretObjectsContract.NODE, RecordedSecret.intended("a", "b")));
    }
}
