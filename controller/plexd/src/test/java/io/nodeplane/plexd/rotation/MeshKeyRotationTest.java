package io.nodeplane.plexd.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.InMemoryIdentities;
import io.nodeplane.plexd.identity.MeshKey;
import io.nodeplane.plexd.identity.StagedMeshKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The control plane is a script of answers; the loop is interrupted when it is used up. */
@Timeout(20)
class MeshKeyRotationTest {
    private final InMemoryIdentities keys = new InMemoryIdentities();
    private final Queue<Object> script = new ArrayDeque<>();
    private final List<String> offered = new ArrayList<>();
    private final List<Duration> slept = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();

    @Test
    void putsANewKeyToUseOnceTheControlPlaneTookIt() {
        script.add(MeshKeyOffers.Answer.TAKEN);

        run(keys, "heartbeat");

        assertEquals(Optional.empty(), keys.staged());
        assertEquals(List.of(publicKeyInUse()), offered);
    }

    @Test
    void offersTheSameKeyUntilItIsAnswered() {
        script.add(new ApiException.Unreachable("cut", null));
        script.add(new ApiException.ServerFault(500, "oops"));
        script.add(new ApiException.Unauthorized("who"));
        script.add(MeshKeyOffers.Answer.TAKEN);

        run(keys, "event");

        assertEquals(4, offered.size());
        assertEquals(1, offered.stream().distinct().count());
        assertEquals(offered.getFirst(), publicKeyInUse());
        assertEquals(List.of("keys/rotate"), rejections);
        assertTrue(slept.stream().allMatch(pause -> pause.compareTo(Duration.ofSeconds(3)) > 0), slept.toString());
    }

    @Test
    void dropsAKeyThatNobodyAskedFor() {
        script.add(MeshKeyOffers.Answer.NOT_WANTED);

        run(keys, "event");

        assertEquals(Optional.empty(), keys.staged());
        assertEquals(Optional.empty(), keys.meshKey());
    }

    @Test
    void goesOnWithTheKeyOfAnEarlierProcess() {
        var staged = MeshKey.generate(new Random(9));
        keys.stage(staged);
        script.add(MeshKeyOffers.Answer.TAKEN);

        run(keys);

        assertEquals(List.of(staged.publicText()), offered);
        assertEquals(Optional.of(staged), keys.meshKey());
    }

    @Test
    void offersNothingThatItCouldNotKeep() {
        var full = new FullDisk(keys, 2);
        script.add(MeshKeyOffers.Answer.TAKEN);

        run(full, "heartbeat");

        assertEquals(1, offered.size());
        assertEquals(2, slept.size());
    }

    private String publicKeyInUse() {
        return keys.meshKey().orElseThrow().publicText();
    }

    private void run(StagedMeshKeys kept, String... reasons) {
        var thread = Thread.currentThread();
        var rotation = new MeshKeyRotation(
                publicKey -> {
                    offered.add(publicKey);
                    var answer = script.remove();
                    if (script.isEmpty()) {
                        thread.interrupt();
                    }
                    if (answer instanceof ApiException failure) {
                        throw failure;
                    }
                    return (MeshKeyOffers.Answer) answer;
                },
                kept,
                rejections::add,
                slept::add,
                new Random(1));
        for (var reason : reasons) {
            rotation.rotate(reason);
        }
        assertThrows(InterruptedException.class, rotation::run);
    }

    /** Refuses to keep a key some times. */
    private static final class FullDisk implements StagedMeshKeys {
        private final StagedMeshKeys behind;
        private int refusals;

        FullDisk(StagedMeshKeys behind, int refusals) {
            this.behind = behind;
            this.refusals = refusals;
        }

        @Override
        public Optional<MeshKey> staged() throws IOException {
            return behind.staged();
        }

        @Override
        public void stage(MeshKey next) throws IOException {
            if (refusals-- > 0) {
                throw new IOException("no space left on device");
            }
            behind.stage(next);
        }

        @Override
        public void promote(MeshKey accepted) throws IOException {
            behind.promote(accepted);
        }

        @Override
        public void drop() throws IOException {
            behind.drop();
        }
    }
}
