package io.nodeplane.plexd.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
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
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
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
        var room = limit - taken.size();
        var chunk = new byte[Math.min(room, buffer.remaining())];
        var more = buffer.remaining() > room;
        buffer.get(chunk);
        taken.writeBytes(chunk);
        if (more && subscription != null) {
            result.complete(new Content(taken.toByteArray(), true));
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(new Content(taken.toByteArray(), false));
    }
}
