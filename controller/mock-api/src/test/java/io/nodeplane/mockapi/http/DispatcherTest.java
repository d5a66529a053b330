package io.nodeplane.mockapi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nodeplane.mockapi.SettableClock;
import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.fault.Faults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DispatcherTest {
    private final SettableClock clock = new SettableClock();
    private final Faults faults = new Faults(clock);
    private int runs;
    private final Dispatcher dispatcher = new Dispatcher(
            new Router(
                    List.of(new Route("POST", "/v1/{name}", (request, names) -> {
                        runs++;
                        return Answer.octets(Body.of("0123456789"));
                    })),
                    new Refusals(clock)),
            faults);

    private Delivery deliver() throws InterruptedException {
        return dispatcher.deliver(new Request("POST", "/v1/x", Map.of(), Map.of(), Body.EMPTY, false));
    }

    private Answer.Reply whole() throws InterruptedException {
        var delivery = assertInstanceOf(Delivery.Whole.class, deliver());
        return assertInstanceOf(Answer.Reply.class, delivery.answer());
    }

    @Test
    void runsTheRouteWithoutAFault() throws InterruptedException {
        assertEquals("0123456789", whole().body().text());
        assertEquals(1, runs);
    }

    @Test
    void aStatusReplacesTheRoute() throws InterruptedException {
        faults.add(Fault.on("*").status(429).header("Retry-After", "7").body("later"));

        var reply = whole();

        assertEquals(429, reply.status());
        assertEquals(Map.of("Retry-After", "7"), reply.headers());
        assertEquals("later", reply.body().text());
        assertEquals(0, runs);
    }

    @Test
    void theRouteMayRunAlthoughItsAnswerIsReplaced() throws InterruptedException {
        faults.add(Fault.on("*").status(500).alsoRun());

        assertEquals(500, whole().status());
        assertEquals(1, runs);
    }

    @Test
    void aBodyOfAnySizeReplacesTheRoute() throws InterruptedException {
        faults.add(Fault.on("*").bodySize(20 << 20));

        assertEquals(20 << 20, whole().body().size());
        assertEquals(0, runs);
    }

    @Test
    void aCutBeforeLosesTheRequest() throws InterruptedException {
        faults.add(Fault.on("*").cut(Fault.Cut.BEFORE));

        assertInstanceOf(Delivery.Nothing.class, deliver());
        assertEquals(0, runs);
    }

    @Test
    void aCutAfterLosesTheAnswerOnly() throws InterruptedException {
        faults.add(Fault.on("*").cut(Fault.Cut.AFTER));

        assertInstanceOf(Delivery.Nothing.class, deliver());
        assertEquals(1, runs);
    }

    @Test
    void aCutInHalfRunsTheRoute() throws InterruptedException {
        faults.add(Fault.on("*").cut(Fault.Cut.HALF));

        assertInstanceOf(Delivery.Half.class, deliver());
        assertEquals(1, runs);
    }

    @Test
    void truncatingKeepsTheFirstBytes() throws InterruptedException {
        faults.add(Fault.on("*").truncate(4), Fault.on("*").truncate(99));

        assertEquals("0123", whole().body().text());
        assertEquals(1, runs);
    }
}
