package io.nodeplane.plexd.nodeapi;

import io.nodeplane.plexd.capabilities.Capabilities.Action;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.nodeapi.services.NodeActions;
import io.nodeplane.plexd.nodeapi.services.NodeSecrets;
import io.nodeplane.plexd.nodeapi.services.ServedState;
import io.nodeplane.plexd.nodeapi.services.Services;
import io.nodeplane.plexd.pipeline.PipelineStanding;
import io.nodeplane.plexd.report.NodeReports;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.report.ReportOutbox;
import io.nodeplane.plexd.report.ReportSource;
import io.nodeplane.plexd.secrets.SealedSecret;
import io.nodeplane.plexd.secrets.SecretOpener;
import io.nodeplane.plexd.state.NodeState;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import io.nodeplane.plexd.state.NodeState.Peer;
import io.nodeplane.plexd.state.NodeState.Policy;
import io.nodeplane.plexd.state.NodeState.Rule;
import io.nodeplane.plexd.state.NodeState.SecretRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Everything that the node API asks, in memory, failing as told. */
public final class InMemoryNode {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    /** A bit of everything. */
    public static final NodeState STATE = new NodeState(
            List.of(new Peer("p1", "key", "100.64.0.2", "192.0.2.1:51820", List.of(), "psk-secret")),
            List.of(new Policy("allow", List.of(new Rule("a", "b", 443, "tcp", "allow")))),
            Optional.empty(),
            Map.of("zone", "a", "rack", "12"),
            List.of(new DataEntry("app/config", "application/json", "{\"a\":1.50}", 3, NOW)),
            List.of(new SecretRef("certs/ca", 2)),
            Map.of());

    /** What the control plane answers. */
    public volatile NodeState state = NodeState.EMPTY;
    /** What it fails with instead. */
    public volatile Optional<ApiException> failure = Optional.empty();

    public volatile boolean actionsAvailable = true;
    public final byte[] ciphertext = seal("the plain text");
    public final List<Boolean> departures = new ArrayList<>();
    public final ServedState served = new ServedState(this::fetch);
    public final Reports reports;

    /** An empty node. */
    public InMemoryNode(Path dataDir) {
        reports = new Reports(dataDir);
    }

    /** Its reports, delivered nowhere. */
    public static final class Reports {
        final ReportOutbox outbox;
        final NodeReports node;

        Reports(Path dataDir) {
            var clock = InstantSource.fixed(NOW);
            outbox = new ReportOutbox((_, _) -> {}, dataDir, clock, pause -> {}, new Random(1), () -> {});
            node = new NodeReports(outbox, dataDir, Duration.ofSeconds(5), clock, pause -> {}, () -> {});
        }

        /** The PlexdNodeState has this report alone. */
        public void offerNodeState(String key, String payload, long version) {
            outbox.offer(
                    ReportSource.NODE_STATE,
                    List.of(new ReportEntry(key, "application/json", payload, version, Optional.of(NOW))));
        }
    }

    /** What the routes are given. */
    public Services services() {
        return new Services(
                served,
                reports.node,
                new NodeSecrets(this::secret, new SecretOpener(new NodeSecretKey(KEY))),
                new Actions(),
                () -> Optional.of(new PipelineStanding(true, 7, 2, 1, Optional.of(NOW))),
                Optional::empty,
                departures::add);
    }

    private NodeState fetch() throws ApiException {
        throwIfTold();
        return state;
    }

    private SealedSecret secret(String key) throws ApiException {
        throwIfTold();
        if (!key.equals("certs/ca")) {
            throw new ApiException.Rejected(404, "no such secret");
        }
        return new SealedSecret(key, new byte[12], ciphertext, 2);
    }

    private void throwIfTold() throws ApiException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static byte[] seal(String text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            var key = new SecretKeySpec(new NodeSecretKey(KEY).bytes(), "AES");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
            return cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs nothing and tells what it was asked. */
    private final class Actions implements NodeActions {
        private static final Hook BACKUP = new Hook("backup", "Backs up", "local", "abc", List.of(), "30s", false);

        @Override
        public Catalogue catalogue() {
            return new Catalogue(List.of(new Action("system.info", "Tells", List.of())), List.of(BACKUP));
        }

        @Override
        public Result run(Call call) throws Unavailable {
            available();
            var asked = call.action() + " " + new TreeMap<>(call.parameters()) + " " + call.timeout() + " "
                    + call.askedBy();
            return new Result("success", 0, asked, "");
        }

        @Override
        public List<Hook> reloadHooks() throws Unavailable {
            available();
            return List.of(BACKUP);
        }

        private void available() throws Unavailable {
            if (!actionsAvailable) {
                throw new Unavailable("actions not available");
            }
        }
    }
}
