package io.nodeplane.mockapi.capture;

import io.nodeplane.mockapi.http.Request;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The requests received, a window of bytes per endpoint, never fewer than the last one. Thread-safe. */
public final class Captures {
    /** Headers that carry credentials; they are never kept. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    /** What a request weighs besides its body: headers and objects, roughly. */
    private static final int OVERHEAD = 512;

    private final Clock clock;
    private final int windowBytes;
    private final Map<String, ByteWindow<CapturedRequest>> windows = new HashMap<>();
    private long sequence;

    /** No captures yet; {@code windowBytes} are kept per endpoint. */
    public Captures(Clock clock, int windowBytes) {
        this.clock = clock;
        this.windowBytes = windowBytes;
    }

    /** The requests of one endpoint after a sequence, and how many the window has lost since the start. */
    public record Page(List<CapturedRequest> requests, long lost) {}

    /**
     * The newest requests of all endpoints, as far as a window still has them.
     *
     * @param requests oldest first
     * @param last sequence of the newest request of the mock, 0 when there was none
     */
    public record Recent(List<CapturedRequest> requests, long last) {}

    /** Keeps a request under a capture name. */
    public synchronized void keep(String endpoint, String nodeId, Request request) {
        var headers = new HashMap<>(request.headers());
        headers.keySet().removeAll(CREDENTIALS);
        windows.computeIfAbsent(
                        endpoint,
                        name -> new ByteWindow<>(windowBytes, one -> one.body().size() + OVERHEAD))
                .add(new CapturedRequest(++sequence, clock.instant(), endpoint, nodeId, headers, request.body()));
    }

    /** The newest request of an endpoint. */
    public synchronized Optional<CapturedRequest> last(String endpoint) {
        return Optional.ofNullable(windows.get(endpoint)).flatMap(ByteWindow::newest);
    }

    /** At most {@code most} kept requests of one endpoint, newest first. */
    public synchronized List<CapturedRequest> newest(String endpoint, int most) {
        var window = windows.get(endpoint);
        return window == null ? List.of() : window.newest(most);
    }

    /** At most {@code most} requests of all endpoints with a sequence above {@code since}: the newest of them. */
    public synchronized Recent recent(long since, int most) {
        var newer = new ArrayList<CapturedRequest>();
        for (var window : windows.values()) {
            newer.addAll(window.newest(most, one -> one.sequence() > since));
        }
        newer.sort(Comparator.comparingLong(CapturedRequest::sequence));
        var first = Math.max(0, newer.size() - most);
        return new Recent(List.copyOf(newer.subList(first, newer.size())), sequence);
    }

    /** The kept requests of an endpoint with a sequence above {@code since}, oldest first. */
    public synchronized Page since(String endpoint, long since) {
        var window = windows.get(endpoint);
        if (window == null) {
            return new Page(List.of(), 0);
        }
        var requests =
                window.values().stream().filter(one -> one.sequence() > since).toList();
        return new Page(requests, window.lost());
    }
}
