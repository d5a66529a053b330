package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.Executions;
import io.nodeplane.plexd.actions.Executions.Acknowledgement;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.CredentialRejected;
import io.nodeplane.runtime.lifecycle.Worker;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells answers to requests once; a failure is told in the log and costs only that answer (protocol facts 8.1). Thread-safe. */
final class AckQueue implements Worker.Body {
    private static final Logger LOG = LoggerFactory.getLogger(AckQueue.class);

    /** Refusals that wait; a control plane that asks faster than it listens does not get all of them. */
    private static final int CAPACITY = 64;

    private final Executions executions;
    private final CredentialRejected rejected;
    private final ActionMetrics metrics;
    private final BlockingQueue<Acknowledgement> waiting = new ArrayBlockingQueue<>(CAPACITY);

    AckQueue(Executions executions, CredentialRejected rejected, ActionMetrics metrics) {
        this.executions = executions;
        this.rejected = rejected;
        this.metrics = metrics;
    }

    /** Tells it soon. */
    void later(Acknowledgement acknowledgement) {
        if (!waiting.offer(acknowledgement)) {
            metrics.unanswered();
            LOG.atDebug().log("too many refusals wait, one is dropped");
        }
    }

    /** Tells it now, on the caller's thread. */
    void now(Acknowledgement acknowledgement) throws InterruptedException {
        try {
            executions.acknowledge(acknowledgement);
        } catch (ApiException failure) {
            LOG.atWarn()
                    .addKeyValue("execution", acknowledgement.executionId())
                    .addKeyValue("reason", failure.getMessage())
                    .log("answer to an action request could not be told");
            if (failure instanceof ApiException.Unauthorized) {
                rejected.credentialRejected("actions");
            }
        }
    }

    @Override
    public void run() throws InterruptedException {
        while (true) {
            now(waiting.take());
        }
    }
}
