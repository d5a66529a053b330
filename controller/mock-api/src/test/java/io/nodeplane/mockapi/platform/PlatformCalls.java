package io.nodeplane.mockapi.platform;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.Mode;
import io.nodeplane.mockapi.SettableClock;
import io.nodeplane.mockapi.capture.Captures;
import io.nodeplane.mockapi.capture.Counters;
import io.nodeplane.mockapi.capture.Records;
import io.nodeplane.mockapi.events.EventStreams;
import io.nodeplane.mockapi.fault.Faults;
import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.Refusals;
import io.nodeplane.mockapi.http.Request;
import io.nodeplane.mockapi.http.Router;
import io.nodeplane.mockapi.node.Nodes;
import io.nodeplane.mockapi.routes.Desk;
import io.nodeplane.mockapi.routes.Fixture;
import io.nodeplane.mockapi.routes.TestRoutes;
import io.nodeplane.mockapi.wire.EventSigner;
import io.nodeplane.mockapi.wire.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The platform's routes without a socket, called as the constant node. */
abstract class PlatformCalls {
    static final String ID = "0190a8b8-a0c0-7a0a-8a0a-a0a0a0a0a0a3";
    static final String NODE = "/v1/nodes/" + ID + "/";
    static final String KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
    static final String TOKEN = "psb_test_e2eproject_node_e2ee2ee2ee2ee2ee2ee2e22";
    static final String NONCE = "6f1c2d3e-4a5b-4c6d-8e7f-001122334455";

    final SettableClock clock = new SettableClock();
    final Desk shared = new Desk(
            Mode.COMPAT,
            clock,
            new Counters(PlatformDesk.COUNTERS),
            new Captures(clock, 1 << 20),
            new Records(clock, 1 << 20),
            new Nodes(Mode.COMPAT, clock),
            new EventStreams(Duration.ofSeconds(15)),
            new Faults(clock),
            new Refusals(clock),
            new Fixture(EventSigner.fresh()));
    final PlatformDesk desk = PlatformDesk.beside(shared);
    final PlatformControl control = new PlatformControl(desk);
    final Router router = new Router(
            Stream.of(
                            new PlatformRoutes(desk).all(),
                            new PlatformTestRoutes(desk).all(),
                            new TestRoutes(shared).shared())
                    .flatMap(List::stream)
                    .toList(),
            shared.refusals());

    Answer.Reply register(String handle, String token, String project, String nonce, String key) {
        var body = Json.object()
                .put("project_id", project)
                .put("resource_handle", handle)
                .put("bootstrap_token", token)
                .put("nonce", nonce)
                .put("public_key", key);
        return call("POST", "/v1/register", body.toString(), "authorization:");
    }

    Answer.Reply reply(String method, String path, String body, String... headers) {
        return assertInstanceOf(Answer.Reply.class, answer(method, path, body, headers));
    }

    Answer.Reply call(String method, String path, String body, String... headers) {
        return reply(method, path, body, headers);
    }

    Answer answer(String method, String path, String body, String... headers) {
        var all = new HashMap<String, String>();
        all.put("authorization", "Bearer " + Nsk.bearer("e2e", ID));
        all.put("content-type", "application/json");
        for (var header : headers) {
            var pair = header.split(": ?", 2);
            if (pair[1].isEmpty()) {
                all.remove(pair[0]);
            } else {
                all.put(pair[0], pair[1]);
            }
        }
        int question = path.indexOf('?');
        var query = question < 0
                ? Map.<String, String>of()
                : Map.of(path.substring(question + 1).split("=", 2)[0], path.split("=", 2)[1]);
        var bare = question < 0 ? path : path.substring(0, question);
        return router.answer(new Request(method, bare, query, all, Body.of(body), false));
    }

    static JsonNode json(Answer.Reply reply) {
        return Json.known(reply.body().text());
    }
}
