package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.MockApiConfig;
import io.nodeplane.mockapi.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds the agents of one node, and can fail: control plane, disk, clock, API server.
 *
 * @param clock absent where the machine has no libfaketime
 * @param disk absent where the campaign may not mount
 * @param account absent without an API server
 */
record NodeWorld(
        Path directory,
        NodeKind kind,
        MockApi api,
        Optional<WallClock> clock,
        Optional<DataDisk> disk,
        Optional<ClusterAccount> account,
        Map<String, Integer> happened)
        implements AutoCloseable {
    /** All that one node's agents send, repetitions included. */
    private static final int WINDOW = 48 << 20;

    /** A world without faults. */
    static NodeWorld around(Path directory, NodeKind kind, boolean mounts, Optional<ClusterAccount> account)
            throws IOException, InterruptedException {
        return new NodeWorld(
                directory,
                kind,
                MockApi.start(MockApiConfig.loopback()
                        .mode(Mode.STRICT)
                        .contract(kind.contract())
                        .windowBytes(WINDOW)),
                WallClock.beside(directory),
                mounts ? Optional.of(DataDisk.on(directory.resolve("data"))) : Optional.empty(),
                account,
                new HashMap<>());
    }

    /** The faults that it can have. */
    Means means() {
        return new Means(disk.isPresent(), clock.isPresent(), account.isPresent());
    }

    /** Configuration of the agents; everything that waits, waits little. */
    Path config(List<Trial> trials) throws IOException {
        var cluster = account.map(ClusterAccount::config).orElse("crd_enabled: false, namespace: chaos");
        var yaml = new StringBuilder("""
                data_dir: %1$s/data
                api: {base_url: '%2$s'}
                registration:
                  %3$s
                heartbeat: {interval: 1s}
                reconcile: {interval: 2s}
                metrics: {collect_interval: 5s, report_interval: 10s}
                log_fwd: {collect_interval: 5s, report_interval: 5s}
                audit_fwd:
                  collect_interval: 1s
                  report_interval: 1s
                  local_endpoint: {url: '%4$s/local/audit', secret_key: local-bearer-token, tls_insecure_skip_verify: true}
                kubernetes: {enabled: true, audit_log_path: '%1$s/audit.log', %5$s}
                """.formatted(directory, api.uri(), kind.claim(), api.tlsUri(), cluster));
        trials.forEach(trial -> yaml.append(trial.config()));
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }

    /** Does what a moment says. */
    void happen(Moment moment) throws IOException, InterruptedException {
        switch (moment) {
            case Moment.StreamsCut _ -> api.closeStreams();
            case Moment.Disk(var _, var state) -> {
                if (disk.isPresent() && disk.get().become(state)) {
                    note("disk " + state);
                }
            }
            case Moment.Clock(var _, var away) -> {
                if (clock.isPresent()) {
                    clock.get().jump(away);
                    note("clock jumped");
                }
            }
            case Moment.Server(var _, var mood) ->
                account.ifPresent(cluster -> {
                    cluster.proxy().become(mood);
                    note("API server " + mood);
                });
        }
    }

    /** Whether the disk ever refused anything. */
    boolean hadDiskFault() {
        return happened.containsKey("disk " + DataDisk.State.FULL)
                || happened.containsKey("disk " + DataDisk.State.READ_ONLY);
    }

    private void note(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    /** Ends all faults. */
    void recover() throws IOException, InterruptedException {
        api.clearFaults();
        // A control plane notices that an agent is gone; the mock would with its next word on the stream.
        api.closeStreams();
        if (disk.isPresent() && !disk.get().become(DataDisk.State.FINE)) {
            throw new IOException("the disk of the data directory stays read-only");
        }
        if (clock.isPresent()) {
            clock.get().jump(Duration.ZERO);
        }
        account.ifPresent(cluster -> cluster.proxy().become(ApiServerProxy.Mood.FINE));
    }

    /** Puts what the data directory holds beside it, for people to look at: the disk goes with the world. */
    void keepData() throws IOException, InterruptedException {
        new ProcessBuilder("cp", "-a", directory + "/data", directory + "/data-kept")
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        api.close();
        disk.ifPresent(DataDisk::close);
        if (account.isPresent()) {
            account.get().close();
        }
    }
}
