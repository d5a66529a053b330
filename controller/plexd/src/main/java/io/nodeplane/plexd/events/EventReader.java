package io.nodeplane.plexd.events;

import io.nodeplane.plexd.http.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Reads one open stream to its end: parse, verify, move the cursor, dispatch. Not thread-safe. */
final class EventReader {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    /** Characters of an unbelieved type that a log line shows. */
    private static final int MAX_SHOWN = 100;

    private final EventCodec codec;
    private final EventVerifier verifier;
    private final CursorKeeper cursor;
    private final EventDispatch dispatch;
    private final EventMetrics metrics;
    private final Set<String> told = new HashSet<>();
    private Optional<Duration> retry = Optional.empty();

    EventReader(
            EventCodec codec,
            EventVerifier verifier,
            CursorKeeper cursor,
            EventDispatch dispatch,
            EventMetrics metrics) {
        this.codec = codec;
        this.verifier = verifier;
        this.cursor = cursor;
        this.dispatch = dispatch;
        this.metrics = metrics;
    }

    /** The reconnection time that the server asked for last, on any stream. */
    Optional<Duration> retry() {
        return retry;
    }

    /** Returns when the server closed the stream. */
    void read(InputStream stream) throws IOException {
        told.clear();
        var parser = new SseParser(stream, SseParser.MAX_EVENT_BYTES);
        for (var item = parser.next(); item.isPresent(); item = parser.next()) {
            retry = parser.retry().or(() -> retry);
            switch (item.get()) {
                case SseItem.Event event -> take(event);
                case SseItem.Oversized _ -> {
                    metrics.event("oversized");
                    warning("oversized")
                            .addKeyValue("limit", SseParser.MAX_EVENT_BYTES)
                            .log("event is too long and was skipped");
                }
            }
        }
        retry = parser.retry().or(() -> retry);
    }

    /** The first of a kind on a stream is told loudly; whoever sends nonsense must not fill the log. All are counted. */
    private LoggingEventBuilder warning(String kind) {
        return told.add(kind) ? LOG.atWarn() : LOG.atDebug();
    }

    private static String shortened(String type) {
        return type.length() <= MAX_SHOWN ? type : type.substring(0, MAX_SHOWN) + "…";
    }

    private void believe(SignedEvent event, Verdict verdict) throws ApiException.Malformed {
        if (verdict == Verdict.ACCEPTED || isLateNewsOfAKey(event, verdict)) {
            dispatch.handle(event, codec.meaning(event));
            return;
        }
        warning(verdict.name())
                .addKeyValue("type", shortened(event.type()))
                .addKeyValue("verdict", verdict)
                .log("event was not believed");
    }

    /**
     * Where keys come by events only, one that was missed for more than five minutes, or met by a wrong clock, would end all belief. It
     * is signed by a key that is still held, so it is no recording of an earlier change.
     */
    private boolean isLateNewsOfAKey(SignedEvent event, Verdict verdict) throws ApiException.Malformed {
        return verdict == Verdict.STALE && codec.meaning(event) instanceof EventMeaning.KeyReplaced;
    }

    private void take(SseItem.Event frame) {
        try {
            var event = codec.envelope(frame.data());
            var verdict = verifier.verify(event);
            metrics.event(verdict);
            try {
                believe(event, verdict);
            } finally {
                // Not before: a kill in between would lose for good what is told only once.
                if (verdict.movesCursor()) {
                    cursor.move(frame.id(), event, verdict);
                }
            }
        } catch (ApiException.Malformed malformed) {
            metrics.event("malformed");
            warning("malformed")
                    .addKeyValue("reason", malformed.getMessage())
                    .log("event is malformed and was skipped");
        }
    }
}
