package io.nodeplane.plexd.nodesecrets;

import io.nodeplane.plexd.nodesecrets.NodeSecretsDesired.Wanted;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do, in this order: delete, record what is left and what is to come, make, record what was made.
 *
 * <p>At every moment each Secret that exists is recorded, so whoever comes after a crash finds it.
 *
 * @param removals recorded Secrets that nobody wants under this name any more
 * @param intents entries to record before their Secrets are made
 * @param puts Secrets to make or to bring to another version
 * @param rewrite whether the record itself was changed by somebody else
 */
record NodeSecretsPlan(
        List<RecordedSecret> removals, List<RecordedSecret> intents, List<Wanted> puts, boolean rewrite) {
    NodeSecretsPlan {
        removals = List.copyOf(removals);
        intents = List.copyOf(intents);
        puts = List.copyOf(puts);
    }

    /** Compares; nothing but values is looked at. */
    static NodeSecretsPlan between(NodeSecretsDesired desired, NodeSecretsObserved observed) {
        var removals = new ArrayList<RecordedSecret>();
        var puts = new ArrayList<>(desired.secrets().values());
        var intents = new ArrayList<>(desired.secrets().values());
        for (var known : observed.recorded()) {
            var wanted = desired.secrets().get(known.key());
            if (wanted == null || !wanted.secretName().equals(known.secretName())) {
                removals.add(known);
                continue;
            }
            intents.remove(wanted);
            if (known.version().isPresent() && known.version().getAsLong() == wanted.version()) {
                puts.remove(wanted);
            }
        }
        var entries = intents.stream()
                .map(wanted -> RecordedSecret.intended(wanted.key(), wanted.secretName()))
                .toList();
        return new NodeSecretsPlan(removals, entries, puts, !observed.shown());
    }

    boolean isEmpty() {
        return removals.isEmpty() && puts.isEmpty() && !rewrite;
    }
}
