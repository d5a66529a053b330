package io.nodeplane.plexd.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body up to a limit and then drops the connection, so that a server cannot fill the agent's memory.
 *
 * <p>Called by one thread at a time, as the reactive contract promises (Reactive Streams rule 1.3).
 */
final class BoundedBody implements BodySubscriber<BoundedBody.Content> {
    /**
     * What arrived.
     *
     * @param bytes at most the limit
     * @param cut whether there was more
     */
    record Content(byte[] bytes, boolean cut) {}

    private final int limit;
    private final List<byte[]> taken = new ArrayList<>();
    private int length;
    private final CompletableFuture<Content> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(int limit) {
        this.limit = limit;
    }

    /** For one answer; an announced length above the limit is not even begun. */
    static BoundedBody upTo(int limit, ResponseInfo answer) {
        var announced = answer.headers().firstValue("Content-Length").orElse("");
        var tooLong = announced.length() > 18 || (announced.matches("\\d+") && Long.parseLong(announced) > limit);
        var isError = answer.statusCode() / 100 != 2;
        return new BoundedBody(tooLong && !isError ? 0 : limit);
    }

    @Override
    public CompletionStage<Content> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription fresh) {
        subscription = fresh;
        fresh.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            take(buffer);
        }
    }

    private void take(ByteBuffer buffer) {
        if (result.isDone()) {
            return;
        }
        var chunk = new byte[Math.min(limit - length, buffer.remaining())];
        buffer.get(chunk);
        taken.add(chunk);
        length += chunk.length;
        if (buffer.hasRemaining() && subscription != null) {
            result.complete(new Content(joined(), true));
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(new Content(joined(), false));
    }

    /** Kept in pieces and joined once: a buffer that doubles would need four times the body for a moment. */
    private byte[] joined() {
        var whole = new byte[length];
        var at = 0;
        for (var chunk : taken) {
            System.arraycopy(chunk, 0, whole, at, chunk.length);
            at += chunk.length;
        }
        taken.clear();
        return whole;
    }
}
