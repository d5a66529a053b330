package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.cluster.ClusterFault;
import io.nodeplane.plexd.cluster.WritePace;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.nodesecrets.NodeSecret.Content;
import io.nodeplane.plexd.nodesecrets.NodeSecretsDesired.Wanted;
import io.nodeplane.plexd.nodesecrets.NodeSecretsObserved.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a plan out. One Secret that cannot be had holds up no other, and each trouble is told once, until it is over. For
 * use by one thread.
 */
final class NodeSecretsRound {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSecretsRound.class);

    private final NodeSecretObjects objects;
    private final SecretLedger ledger;
    private final NodeSecretsSync.Source source;
    private final NodeSecret.Node node;
    private final WritePace pace;
    private final NodeSecretsMetrics metrics;
    private final Set<String> troubles = new HashSet<>();
    private boolean clean = true;
    private Optional<Duration> pause = Optional.empty();

    NodeSecretsRound(
            NodeSecretObjects objects,
            SecretLedger ledger,
            NodeSecretsSync.Source source,
            NodeSecret.Node node,
            WritePace pace,
            NodeSecretsMetrics metrics) {
        this.objects = objects;
        this.ledger = ledger;
        this.source = source;
        this.node = node;
        this.pace = pace;
        this.metrics = metrics;
    }

    /** Whether the last round did all it should. */
    boolean isClean() {
        return clean;
    }

    /** Forgets troubles with references that are gone. */
    void settled(NodeSecretsDesired desired) {
        troubles.retainAll(desired.secrets().keySet());
    }

    /**
     * The whole plan, in the plan's order.
     *
     * @return the pause that the control plane asked for, if it did
     * @throws ClusterFault when the record could not be written: then nothing more is done
     */
    Optional<Duration> apply(NodeSecretsPlan plan, NodeSecretsObserved observed)
            throws ClusterFault, InterruptedException {
        clean = true;
        pause = Optional.empty();
        var entries = new TreeMap<String, RecordedSecret>();
        observed.recorded().forEach(entry -> entries.put(entry.key(), entry));
        for (var entry : plan.removals()) {
            remove(entry, entries);
        }
        // Where the old Secret of a key could not be deleted, its entry must stay.
        plan.intents().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        var kept = plan.rewrite() ? List.<RecordedSecret>of() : observed.recorded();
        kept = record(observed.owner(), entries, kept, plan.rewrite());
        for (var wanted : plan.puts()) {
            put(wanted, observed.owner(), entries);
        }
        var _ = record(observed.owner(), entries, kept, false);
        over("PlexdNodeState");
        return pause;
    }

    private List<RecordedSecret> record(
            Owner owner, Map<String, RecordedSecret> entries, List<RecordedSecret> before, boolean anyway)
            throws ClusterFault, InterruptedException {
        var now = List.copyOf(entries.values());
        if (anyway || !now.equals(before)) {
            pace.write(() -> ledger.write(owner, now));
        }
        return now;
    }

    private void remove(RecordedSecret entry, Map<String, RecordedSecret> entries) throws InterruptedException {
        try {
            pace.write(() -> objects.delete(node, entry));
            entries.remove(entry.key());
            metrics.done();
            over(entry.key());
            LOG.atInfo().addKeyValue("secret", entry.secretName()).log("secret deleted");
        } catch (ClusterFault fault) {
            failed(entry.key(), fault.getMessage() + "; " + fault.remedy());
        }
    }

    private void put(Wanted wanted, Owner owner, Map<String, RecordedSecret> entries) throws InterruptedException {
        var entry = entries.get(wanted.key());
        if (entry == null || !entry.secretName().equals(wanted.secretName())) {
            return;
        }
        try {
            var secret = fetched(wanted, owner);
            pace.write(() -> objects.put(secret));
            entries.put(wanted.key(), entry.made(wanted.version()));
            metrics.done();
            over(wanted.key());
            LOG.atInfo()
                    .addKeyValue("secret", wanted.secretName())
                    .addKeyValue("version", wanted.version())
                    .log("secret written");
        } catch (ClusterFault fault) {
            failed(wanted.key(), fault.getMessage() + "; " + fault.remedy());
        } catch (IOException unavailable) {
            if (unavailable instanceof ApiException refused) {
                pause = longer(pause, refused.retryAfter());
            }
            failed(wanted.key(), String.valueOf(unavailable.getMessage()));
        }
    }

    /** A control plane that gives another version than its reference says is taken at its word: the annotation tells. */
    private NodeSecret fetched(Wanted wanted, Owner owner) throws IOException, InterruptedException {
        var sealed = source.secrets().fetch(wanted.key());
        if (!sealed.key().equals(wanted.key())) {
            throw new IOException("asked for secret " + wanted.key() + ", got another one");
        }
        var content = wanted.plain()
                ? new Content.Plain(source.opener().open(wanted.key(), sealed).getBytes(StandardCharsets.UTF_8))
                : new Content.Sealed(sealed.nonce(), sealed.ciphertext());
        return new NodeSecret(wanted.secretName(), wanted.key(), node, owner, sealed.version(), content);
    }

    private void failed(String key, String reason) {
        clean = false;
        metrics.failed();
        tell(key, reason);
    }

    /** Once per reference, so that an outage is one line. */
    void tell(String subject, String reason) {
        if (troubles.add(subject)) {
            LOG.atWarn()
                    .addKeyValue("reference", subject)
                    .addKeyValue("reason", reason)
                    .log("secret is not in sync, will retry");
        }
    }

    private void over(String subject) {
        if (troubles.remove(subject)) {
            LOG.atInfo().addKeyValue("reference", subject).log("secret can be had again");
        }
    }

    private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
        var both = new ArrayList<Duration>();
        one.ifPresent(both::add);
        other.ifPresent(both::add);
        return both.stream().max(Duration::compareTo);
    }
}
