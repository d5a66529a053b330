package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.capabilities.ExecutionCallbacks;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Progress;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Step;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.Uploads;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a place for what an execution printed: in the callback if it fits, else where the control plane wants it uploaded, and cut
 * in the callback when that fails (protocol facts 8.3). Thread-safe.
 */
final class OutputPlaces {
    /** Uploads that get no answer, or that the store fails, before the output is cut; they are as far apart as results are tried. */
    static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(OutputPlaces.class);

    /** The place can be used once (protocol facts 3.4): what is there already can only be ours, and the digest tells. */
    private static final int USED = 409;

    private final ExecutionCallbacks callbacks;
    private final Uploads uploads;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    OutputPlaces(ExecutionCallbacks callbacks, Uploads uploads) {
        this.callbacks = callbacks;
        this.uploads = uploads;
    }

    /**
     * Where the output is now.
     *
     * @throws ApiException when it may well be uploaded with the next attempt
     */
    Optional<Output> of(String executionId, Printed printed) throws ApiException, InterruptedException {
        if (printed.size() == 0) {
            return Optional.empty();
        }
        if (printed.fitsInline()) {
            return Optional.of(printed.inline());
        }
        try {
            return Optional.of(uploaded(executionId, printed));
        } catch (ApiException failure) {
            var failed = failures.merge(executionId, 1, Integer::sum);
            if (isForAll(failure) || (failure.retryable() && !failure.isNotProvisioned() && failed < ATTEMPTS)) {
                throw failure;
            }
            return Optional.of(cut(executionId, printed, failure));
        }
    }

    /** The beginning of the output, because the whole cannot be told. */
    Output cut(String executionId, Printed printed, ApiException failure) {
        // One that the control plane takes for ended is told to nobody any more.
        var level = failure.has("execution_already_terminal") ? LOG.atDebug() : LOG.atWarn();
        level.addKeyValue("execution", executionId)
                .addKeyValue("bytes", printed.size())
                .addKeyValue("reason", failure.getMessage())
                .log("output cannot be uploaded and is told cut");
        return printed.cut();
    }

    /** The execution is told. */
    void forget(String executionId) {
        failures.remove(executionId);
    }

    /** Speaks of the node or of the moment, and so hits the callback too. */
    private static boolean isForAll(ApiException failure) {
        return failure instanceof ApiException.Unauthorized || failure instanceof ApiException.RateLimited;
    }

    private Output uploaded(String executionId, Printed printed) throws ApiException, InterruptedException {
        var declared =
                new Step(Progress.STARTED, OptionalInt.empty(), "", OptionalLong.of(printed.size()), Optional.empty());
        var url = callbacks
                .tell(executionId, declared)
                .orElseThrow(() -> new ApiException.Malformed("execution: expected output_upload_url", null));
        try {
            uploads.put(url, printed.parts());
        } catch (ApiException.Rejected refused) {
            if (refused.status() != USED) {
                throw refused;
            }
            LOG.atDebug().addKeyValue("execution", executionId).log("output was uploaded by an earlier attempt");
        }
        // The sender has found it to be a URL.
        var path = URI.create(url).getRawPath();
        return new Output.Stored(path.startsWith("/") ? path.substring(1) : path, printed.sha256());
    }
}
