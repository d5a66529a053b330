package io.nodeplane.mockapi.http;

import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.fault.Faults;
import java.util.Arrays;

/** Puts the faults before and behind the routes. */
public final class Dispatcher {
    private final Router router;
    private final Faults faults;

    /** A dispatcher of all requests of a mock. */
    public Dispatcher(Router router, Faults faults) {
        this.router = router;
        this.faults = faults;
    }

    /** Runs a request; waits first when a fault says so. */
    public Delivery deliver(Request request) throws InterruptedException {
        var hit = faults.hit(request.method(), request.path());
        if (hit.isEmpty()) {
            return new Delivery.Whole(router.answer(request));
        }
        var fault = hit.get();
        Thread.sleep(fault.delay());
        return delivery(fault, request);
    }

    private Delivery delivery(Fault fault, Request request) {
        var answer = answer(fault, request);
        return switch (fault.cut()) {
            case NONE -> new Delivery.Whole(answer);
            case HALF -> new Delivery.Half(answer);
            case BEFORE, AFTER -> new Delivery.Nothing();
        };
    }

    private Answer answer(Fault fault, Request request) {
        boolean lost = fault.replaces() || fault.cut() == Fault.Cut.BEFORE;
        if (!lost || fault.run()) {
            var answer = router.answer(request);
            return fault.replaces() ? replaced(fault) : truncated(fault, answer);
        }
        return replaced(fault);
    }

    private static Answer replaced(Fault fault) {
        return new Answer.Reply(fault.status().orElse(200), fault.headers(), body(fault));
    }

    private static Body body(Fault fault) {
        if (fault.bodySize().isEmpty()) {
            return fault.body().map(Body::of).orElse(Body.EMPTY);
        }
        var filler = new byte[fault.bodySize().getAsInt()];
        Arrays.fill(filler, (byte) 'x');
        return Body.of(filler);
    }

    private static Answer truncated(Fault fault, Answer answer) {
        if (fault.truncate().isEmpty() || !(answer instanceof Answer.Reply reply)) {
            return answer;
        }
        int length = Math.min(fault.truncate().getAsInt(), reply.body().size());
        return reply.body(Body.of(Arrays.copyOf(reply.body().bytes(), length)));
    }
}
