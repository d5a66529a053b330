package io.nodeplane.mockapi.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.fault.Fault;
import io.nodeplane.mockapi.fault.Faults;
import io.nodeplane.mockapi.http.RefusedException;
import io.nodeplane.mockapi.wire.BodyFaults;
import io.nodeplane.mockapi.wire.GoDuration;
import io.nodeplane.mockapi.wire.Json;
import io.nodeplane.mockapi.wire.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Faults as {@code /test/faults} takes and shows them. */
public final class FaultJson {
    private static final Shape ONE = Shape.object(
            Shape.required("route", Shape.name()),
            Shape.optional("delay", Shape.duration()),
            Shape.optional("status", Shape.integer(200)),
            Shape.optional("headers", Shape.map(Shape.text())),
            Shape.optional("body", Shape.text()),
            Shape.optional("body_size", Shape.integer(0)),
            Shape.optional("cut", Shape.oneOf("none", "before", "half", "after")),
            Shape.optional("truncate", Shape.integer(0)),
            Shape.optional("run", Shape.bool()),
            Shape.optional("times", Shape.integer(1)),
            Shape.optional("duration", Shape.duration()));

    private FaultJson() {}

    /** One fault or a list of them; {@link RefusedException} 400 names what is wrong with each. */
    static List<Fault> faults(JsonNode body) {
        var wrong = new BodyFaults(true);
        var list = body.isArray() ? body : Json.tree(List.of(body));
        Shape.nonEmptyList(ONE).check(list, "", wrong);
        var faults = new ArrayList<Fault>();
        if (wrong.count() == 0) {
            int i = 0;
            for (var one : list) {
                try {
                    faults.add(fault(one));
                } catch (IllegalArgumentException e) {
                    wrong.always("[" + i + "]", String.valueOf(e.getMessage()));
                }
                i++;
            }
        }
        if (wrong.count() > 0) {
            throw new RefusedException(400, wrong.text());
        }
        return faults;
    }

    private static Fault fault(JsonNode json) {
        var fault = Fault.on(json.path("route").asText());
        for (var header : json.path("headers").properties()) {
            fault = fault.header(header.getKey(), header.getValue().asText());
        }
        fault = given(fault, json, "delay", value -> f -> f.delay(duration(value)));
        fault = given(fault, json, "status", value -> f -> f.status(value.intValue()));
        fault = given(fault, json, "body", value -> f -> f.body(value.asText()));
        fault = given(fault, json, "body_size", value -> f -> f.bodySize(value.intValue()));
        fault = given(fault, json, "cut", value -> f -> f.cut(cut(value)));
        fault = given(fault, json, "truncate", value -> f -> f.truncate(value.intValue()));
        fault = given(fault, json, "run", value -> f -> value.asBoolean() ? f.alsoRun() : f);
        fault = given(fault, json, "times", value -> f -> f.times(value.intValue()));
        return given(fault, json, "duration", value -> f -> f.lasting(duration(value)));
    }

    private static Fault given(
            Fault fault, JsonNode json, String member, Function<JsonNode, Function<Fault, Fault>> change) {
        return json.has(member) ? change.apply(json.get(member)).apply(fault) : fault;
    }

    private static Duration duration(JsonNode value) {
        return GoDuration.parse(value.asText());
    }

    private static Fault.Cut cut(JsonNode value) {
        return Fault.Cut.valueOf(value.asText().toUpperCase(Locale.ROOT));
    }

    /** A fault in force: what it does in words, how often it hit. */
    public static JsonNode tree(Faults.Active active) {
        var fault = active.fault();
        var tree = Json.object().put("route", fault.route()).put("hits", active.hits());
        fault.status().ifPresent(value -> tree.put("status", value));
        fault.bodySize().ifPresent(value -> tree.put("body_size", value));
        fault.body().ifPresent(value -> tree.put("body", value));
        fault.truncate().ifPresent(value -> tree.put("truncate", value));
        fault.times().ifPresent(value -> tree.put("times", value));
        fault.duration().ifPresent(value -> tree.put("duration", value.toMillis() + "ms"));
        if (fault.cut() != Fault.Cut.NONE) {
            tree.put("cut", fault.cut().name().toLowerCase(Locale.ROOT));
        }
        if (!fault.delay().isZero()) {
            tree.put("delay", fault.delay().toMillis() + "ms");
        }
        return tree;
    }
}
