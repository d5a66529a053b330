package io.nodeplane.plexd.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.hooks.HookSpec.Target;
import io.nodeplane.plexd.hooks.HookStatus.NodeResult;
import io.nodeplane.plexd.hooks.HookStatus.Phase;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link HookObjects} does (seed "KubeClient interface", seed "PlexdHook CRD Reference"). */
abstract class HookObjectsContract {
    private static final Target ON_A = new Target.OneNode("node-a");
    private static final Target ON_B = new Target.OneNode("node-b");

    abstract HookObjects objects();

    abstract HookList list();

    /** A hook that somebody creates. */
    abstract HookObserved make(String name, HookSpec spec);

    abstract void remove(String name);

    /** Waits where the implementation tells later. */
    abstract void eventually(Runnable check) throws Exception;

    @Test
    void readsWhatIsThere() throws Exception {
        var made = make("disk-check-node01", Hooks.seedExample());

        assertEquals(Optional.of(made), objects().find("disk-check-node01"));
        assertEquals(Hooks.seedExample(), made.spec());
        assertEquals(HookStatus.NONE, made.status());
        assertEquals(Optional.of(made), objects().find("disk-check-node01", made.resourceVersion()));
        assertEquals(Optional.empty(), objects().find("another"));
        assertEquals(Optional.empty(), objects().find("another", made.resourceVersion()));
    }

    @Test
    void readsEveryFieldOfASpec() throws Exception {
        make("trim", Hooks.everything());

        assertEquals(Hooks.everything(), objects().find("trim").orElseThrow().spec());
    }

    @Test
    void keepsAWholeStatusAsItWasWritten() throws Exception {
        var made = make("one", Hooks.spec(new Target.AnyNode()));
        var result = HookProgress.result(made, Hooks.job(made, "node-a", Phase.FAILED), "code 3", Hooks.NOW);
        var status = HookProgress.alone(made, result, Hooks.NOW);

        var written = objects().writeStatus(made, status).orElseThrow();

        assertEquals(status, written.status());
        assertEquals(written, objects().find("one").orElseThrow());
        assertNotEquals(made.resourceVersion(), written.resourceVersion());
    }

    @Test
    void takesOnlyTheFirstOfTwoThatWriteOnTheSame() throws Exception {
        var made = make("race", Hooks.spec(new Target.AnyNode()));
        var first = alone(made, "node-a");

        var won = objects().writeStatus(made, first);
        var lost = objects().writeStatus(made, alone(made, "node-b"));

        assertTrue(won.isPresent());
        assertEquals(Optional.empty(), lost);
        assertEquals(first, objects().find("race").orElseThrow().status());
    }

    @Test
    void writesNothingIntoAHookThatIsGone() throws Exception {
        var one = make("gone", Hooks.spec(new Target.AnyNode()));
        var many = make("many-gone", Hooks.spec(Hooks.SSD));
        remove("gone");
        remove("many-gone");

        assertEquals(Optional.empty(), objects().writeStatus(one, alone(one, "node-a")));
        assertEquals(Optional.empty(), objects().writeResult(many, NodeResult.expected("node-a")));
    }

    @Test
    void mergesTheResultsOfManyNodesWithoutConflict() throws Exception {
        var made = make("many", Hooks.spec(Hooks.SSD));
        var begun = objects()
                .writeStatus(made, HookProgress.begun(made, List.of("node-a", "node-b", "node-c"), Hooks.NOW))
                .orElseThrow();
        var a = result("node-a", Phase.RUNNING);
        var b = result("node-b", Phase.FAILED);

        // Both from the same older state: neither knows of the other.
        objects().writeResult(begun, a);
        var both = objects().writeResult(begun, b).orElseThrow();
        var done =
                objects().writeResult(begun, result("node-a", Phase.SUCCEEDED)).orElseThrow();

        assertEquals(List.of(a, b, NodeResult.expected("node-c")), both.status().nodes());
        assertEquals(
                List.of(result("node-a", Phase.SUCCEEDED), b, NodeResult.expected("node-c")),
                done.status().nodes());
        assertEquals(begun.status().conditions(), done.status().conditions());
        var closed = objects()
                .writeStatus(done, HookProgress.closed(done, Hooks.NOW))
                .orElseThrow();
        assertEquals(done.status().nodes(), closed.status().nodes(), "closing keeps what the nodes said");
    }

    @Test
    void keepsTheResultsOfACrowd() throws Exception {
        var nodes =
                IntStream.range(100, 160).mapToObj(number -> "node-" + number).toList();
        var made = make("crowd", Hooks.spec(Hooks.SSD));
        var begun = objects()
                .writeStatus(made, HookProgress.begun(made, nodes, Hooks.NOW))
                .orElseThrow();

        // All from the same older state.
        for (var node : nodes) {
            objects().writeResult(begun, result(node, Phase.RUNNING));
            objects().writeResult(begun, result(node, Phase.SUCCEEDED));
        }

        var done = objects().find("crowd").orElseThrow();
        assertEquals(
                nodes.stream().map(node -> result(node, Phase.SUCCEEDED)).toList(),
                done.status().nodes());
        assertEquals(begun.status().conditions(), done.status().conditions());
        var closed = objects()
                .writeStatus(done, HookProgress.closed(done, Hooks.NOW))
                .orElseThrow();
        assertEquals(done.status().nodes(), closed.status().nodes(), "closing keeps what the nodes said");
    }

    @Test
    void writesNoResultOfACrowdIntoAHookThatWasMadeAnew() throws Exception {
        var nodes =
                IntStream.range(100, 160).mapToObj(number -> "node-" + number).toList();
        var first = make("crowd", Hooks.spec(Hooks.SSD));
        var begun = objects()
                .writeStatus(first, HookProgress.begun(first, nodes, Hooks.NOW))
                .orElseThrow();
        remove("crowd");
        assertEquals(Optional.empty(), objects().writeResult(begun, result("node-100", Phase.FAILED)));
        var anew = make("crowd", Hooks.spec(Hooks.SSD));

        assertThrows(ClusterFault.class, () -> objects().writeResult(begun, result("node-100", Phase.FAILED)));

        assertEquals(anew.status(), objects().find("crowd").orElseThrow().status());
    }

    @Test
    void watchesTheNodesHooksAndThoseThatNobodyHasBegunWith() throws Exception {
        make("before-a", Hooks.spec(ON_A));
        make("before-b", Hooks.spec(ON_B));
        make("before-any", Hooks.spec(new Target.AnyNode()));
        var seen = new Seen();
        var all = new TreeSet<String>(List.of("before-a", "before-any", "later-a", "later-many"));

        try (var _ = objects().watch("node-a", seen)) {
            make("later-a", Hooks.spec(ON_A));
            make("later-b", Hooks.spec(ON_B));
            var many = make("later-many", Hooks.spec(Hooks.SSD));
            eventually(() -> assertEquals(all, seen.there));
            assertTrue(seen.lists.get() > 0, "it was never told that all is told");

            objects().writeStatus(many, HookProgress.begun(many, List.of("node-a"), Hooks.NOW));
            all.remove("later-many");
            eventually(() -> assertEquals(all, seen.there));
            remove("before-a");
            all.remove("before-a");
            eventually(() -> assertEquals(all, seen.there));

            assertEquals(
                    List.of("before-a", "before-any", "later-a", "later-many"),
                    seen.ever.stream().toList(),
                    "nothing of other nodes");
        }
    }

    @Test
    void listsWhatIsUnderWayForNoCertainNode() throws Exception {
        make("new", Hooks.spec(new Target.AnyNode()));
        var certain = make("certain", Hooks.spec(ON_A));
        objects().writeStatus(certain, alone(certain, "node-a"));
        var running = make("running", Hooks.spec(Hooks.SSD));
        objects().writeStatus(running, HookProgress.begun(running, List.of("node-a"), Hooks.NOW));
        var over = make("over", Hooks.spec(new Target.AnyNode()));
        var end = HookProgress.result(over, Hooks.job(over, "node-a", Phase.SUCCEEDED), "", Hooks.NOW);
        objects().writeStatus(over, HookProgress.alone(over, end, Hooks.NOW));

        assertEquals(
                List.of("running"),
                objects().underWay().stream().map(HookObserved::name).toList());
    }

    @Test
    void listsWhatANodeMayRunWhateverCameOfIt() throws Exception {
        make("on-a", Hooks.spec(ON_A));
        make("on-b", Hooks.spec(ON_B));
        make("anywhere", Hooks.spec(new Target.AnyNode()));
        var over = make("over", Hooks.spec(Hooks.SSD));
        objects().writeStatus(over, HookProgress.begun(over, List.of("node-a"), Hooks.NOW));

        assertEquals(
                List.of("anywhere", "on-a", "over"),
                list().forNode("node-a").stream()
                        .map(HookObserved::name)
                        .sorted()
                        .toList());
    }

    private static HookStatus alone(HookObserved hook, String node) {
        var result = HookProgress.result(hook, Hooks.job(hook, node, Phase.PENDING), "", Hooks.NOW);
        return HookProgress.alone(hook, result, Hooks.NOW);
    }

    private static NodeResult result(String node, Phase phase) {
        return new NodeResult(node, Optional.of("job-" + node), phase, "", Optional.empty());
    }

    /** Names that are there for a watch, and that ever were. */
    private static final class Seen implements HookObjects.Listener {
        private final ConcurrentSkipListSet<String> there = new ConcurrentSkipListSet<>();
        private final ConcurrentSkipListSet<String> ever = new ConcurrentSkipListSet<>();
        private final AtomicInteger lists = new AtomicInteger();

        @Override
        public void listed() {
            lists.incrementAndGet();
        }

        @Override
        public void changed(HookObserved hook) {
            there.add(hook.name());
            ever.add(hook.name());
        }

        @Override
        public void left(HookObserved hook) {
            there.remove(hook.name());
        }

        @Override
        public void broken(ClusterFault fault) {
            throw new AssertionError(fault);
        }
    }
}
