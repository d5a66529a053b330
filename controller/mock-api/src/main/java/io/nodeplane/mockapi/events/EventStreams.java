package io.nodeplane.mockapi.events;

import io.nodeplane.mockapi.http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The open event streams. Thread-safe. SOURCE: facts 10.2, events. */
public final class EventStreams {
    /** Events that wait for a slow reader; more are dropped. SOURCE: facts 10.2, queue 16. */
    private static final int QUEUE = 16;

    private static final byte[] COMMENT = ": keep-alive\n".getBytes(StandardCharsets.UTF_8);

    /** No bytes: no frame is empty. */
    private static final byte[] END = new byte[0];

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "text/event-stream", "Cache-Control", "no-cache", "Connection", "keep-alive");

    private final Duration keepAlive;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final AtomicLong dropped = new AtomicLong();

    /** No streams yet; an idle one gets a comment each {@code keepAlive}. */
    public EventStreams(Duration keepAlive) {
        this.keepAlive = keepAlive;
    }

    private static final class Subscriber {
        private final String nodeId;
        private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE);

        Subscriber(String nodeId) {
            this.nodeId = nodeId;
        }

        /** Ends the stream even when its queue is full. */
        void end() {
            queue.clear();
            queue.offer(END);
        }
    }

    /** A stream for a node that begins with the given frame. */
    public Answer.Stream open(String nodeId, byte[] hello) {
        return open(nodeId, Map.of(), () -> hello);
    }

    /**
     * A stream for a node.
     *
     * @param headers besides those that every stream has
     * @param first frames to begin with; asked for under this object's lock, in which {@link #send} runs too: what was sent
     *     before is in it or not, and what is sent after comes behind it
     */
    public Answer.Stream open(String nodeId, Map<String, String> headers, Supplier<byte[]> first) {
        var all = new HashMap<>(HEADERS);
        all.putAll(headers);
        return new Answer.Stream(all, out -> {
            var subscriber = new Subscriber(nodeId);
            byte[] frames;
            synchronized (this) {
                frames = first.get();
                subscribers.add(subscriber);
            }
            try {
                out.write(frames);
                out.flush();
                pump(subscriber, out);
            } finally {
                subscribers.remove(subscriber);
            }
        });
    }

    private void pump(Subscriber subscriber, OutputStream out) throws IOException, InterruptedException {
        while (true) {
            var frame = subscriber.queue.poll(keepAlive.toMillis(), TimeUnit.MILLISECONDS);
            if (frame != null && frame.length == 0) {
                return;
            }
            out.write(frame == null ? COMMENT : frame);
            out.flush();
        }
    }

    /** Sends bytes to all streams, or to those of one node; full queues lose them. Returns how many streams took them. */
    public synchronized int send(Optional<String> nodeId, byte[] frame) {
        if (frame.length == 0) {
            return 0;
        }
        int taken = 0;
        for (var subscriber : subscribers) {
            if (nodeId.filter(id -> !id.equals(subscriber.nodeId)).isPresent()) {
                continue;
            }
            if (subscriber.queue.offer(frame)) {
                taken++;
            } else {
                dropped.incrementAndGet();
            }
        }
        return taken;
    }

    /** Ends all streams. */
    public void closeAll() {
        subscribers.forEach(Subscriber::end);
    }

    /** Streams that are open now. */
    public int open() {
        return subscribers.size();
    }

    /** Streams that are open now, by node id. */
    public Map<String, Integer> openByNode() {
        var open = new HashMap<String, Integer>();
        subscribers.forEach(one -> open.merge(one.nodeId, 1, Integer::sum));
        return open;
    }

    /** Events that a full queue lost. */
    public long dropped() {
        return dropped.get();
    }
}
