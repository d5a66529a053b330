package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.actions.Executions;
import io.nodeplane.plexd.http.ApiException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what was told, in order. */
final class InMemoryExecutions implements Executions {
    final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    volatile boolean refusesAnswers;
    volatile boolean away;

    @Override
    public void acknowledge(Acknowledgement acknowledgement) throws ApiException {
        if (refusesAnswers) {
            throw new ApiException.ServerFault(500, "no answers today");
        }
        told.add(acknowledgement);
    }

    @Override
    public void result(ExecutionResult result) throws ApiException {
        if (away) {
            throw new ApiException.Unreachable("away", null);
        }
        told.add(result);
    }

    Object next() throws InterruptedException {
        var next = told.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    ExecutionResult nextResult() throws InterruptedException {
        if (next() instanceof ExecutionResult result) {
            return result;
        }
        throw new AssertionError("expected a result next");
    }
}
