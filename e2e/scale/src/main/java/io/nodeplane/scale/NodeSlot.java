package io.nodeplane.scale;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kubelet of one node, as far as it is concerned with the agent's pod: what runs follows what is wanted. */
final class NodeSlot {
    /** Makes the agent of a pod; returns once it was started. */
    @FunctionalInterface
    interface Starter {
        NodeAgent start(String podName) throws IOException, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeSlot.class);

    private final Starter starter;
    private final Thread thread;
    private Optional<String> wanted = Optional.empty();
    private Optional<String> running = Optional.empty();

    NodeSlot(String node, Starter starter) {
        this.starter = starter;
        this.thread = Thread.ofVirtual().name("kubelet-" + node).start(this::follow);
    }

    /** The pod is there and is to run. */
    synchronized void run(String podName) {
        wanted = Optional.of(podName);
        notifyAll();
    }

    /** The pod goes or has gone. */
    synchronized void stop(String podName) {
        if (wanted.equals(Optional.of(podName))) {
            wanted = Optional.empty();
            notifyAll();
        }
    }

    /** Whether the agent of the wanted pod was started. */
    synchronized boolean isRunning() {
        return running.isPresent() && running.equals(wanted);
    }

    private void follow() {
        Optional<NodeAgent> agent = Optional.empty();
        try {
            while (true) {
                var pod = awaitChange();
                if (agent.isPresent()) {
                    agent.get().stop();
                    agent = Optional.empty();
                }
                if (pod.isPresent()) {
                    agent = Optional.of(starter.start(pod.get()));
                }
                nowRuns(pod);
            }
        } catch (InterruptedException closed) {
            stop(agent);
        } catch (IOException | RuntimeException failed) {
            LOG.atError().setCause(failed).log("agent of a node cannot be started");
        }
    }

    private synchronized Optional<String> awaitChange() throws InterruptedException {
        while (wanted.equals(running)) {
            wait();
        }
        return wanted;
    }

    private synchronized void nowRuns(Optional<String> pod) {
        running = pod;
    }

    private static void stop(Optional<NodeAgent> agent) {
        try {
            if (agent.isPresent()) {
                agent.get().stop();
            }
        } catch (InterruptedException twice) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on the agent stops, whatever is wanted; returns at once. */
    void end() {
        thread.interrupt();
    }

    /** Waits until the agent has stopped. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }
}
