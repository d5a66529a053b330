package io.nodeplane.mockapi.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a JSON value must look like. One shape serves both levels: types are always checked, as a Go decoder does; what
 * is required, formats and unknown members only in strict mode. SOURCE: facts 10.2, behaviour.
 */
@FunctionalInterface
public interface Shape {
    /** Text of a Go duration. SOURCE: Go time.ParseDuration. */
    Pattern GO_DURATION = Pattern.compile("-?(0|(\\d+(\\.\\d*)?(ns|us|µs|ms|s|m|h))+)");

    /** Checks {@code value} at {@code path}, a JSON path such as {@code [0].timestamp}, and adds what is wrong. */
    void check(JsonNode value, String path, BodyFaults faults);

    /** A member of an object. */
    record Member(String name, Shape shape, boolean required) {}

    /** A member that strict mode demands. */
    static Member required(String name, Shape shape) {
        return new Member(name, shape, true);
    }

    /** A member that may be absent. */
    static Member optional(String name, Shape shape) {
        return new Member(name, shape, false);
    }

    /** Any JSON value, also null. */
    static Shape any() {
        return (value, path, faults) -> {};
    }

    /** A string. */
    static Shape text() {
        return typed("a string", JsonNode::isTextual);
    }

    /** A string that is not empty. */
    static Shape name() {
        return text().and("a non-empty string", value -> !value.textValue().isEmpty());
    }

    /** One of the given strings. */
    static Shape oneOf(String... values) {
        var allowed = List.of(values);
        return text().and("one of " + allowed, value -> allowed.contains(value.textValue()));
    }

    /** A string that matches a pattern as a whole. */
    static Shape matching(String expected, Pattern pattern) {
        return text().and(expected, value -> pattern.matcher(value.textValue()).matches());
    }

    /** A whole number without fraction or exponent. */
    static Shape integer() {
        return typed("an integer", JsonNode::isIntegralNumber);
    }

    /** A whole number of at least {@code least}. */
    static Shape integer(long least) {
        return integer().and("an integer of at least " + least, value -> value.longValue() >= least);
    }

    /** A number of any kind. */
    static Shape number() {
        return typed("a number", JsonNode::isNumber);
    }

    /** The shape, or null where the contract says that null is a value. */
    static Shape orNull(Shape shape) {
        return (value, path, faults) -> {
            if (!value.isNull()) {
                shape.check(value, path, faults);
            }
        };
    }

    /** {@code true} or {@code false}. */
    static Shape bool() {
        return typed("a boolean", JsonNode::isBoolean);
    }

    /** An RFC 3339 time; strict mode refuses Go's zero time too. */
    static Shape time() {
        return typed("an RFC 3339 time", value -> value.isTextual() && Rfc3339.matches(value.textValue()))
                .and("a time after year 1", value -> !value.textValue().startsWith("0001-"));
    }

    /** A Go duration such as {@code 1.5s} or {@code 2m0s}. */
    static Shape duration() {
        return matching("a Go duration", GO_DURATION);
    }

    /** Standard base64 of {@code length} bytes. */
    static Shape base64(int length) {
        return text().and("base64 of " + length + " bytes", value -> decodesTo(value.textValue(), length));
    }

    /** An array of any length. */
    static Shape list(Shape element) {
        return typed("an array", JsonNode::isArray).then((value, path, faults) -> {
            int i = 0;
            for (var item : value) {
                element.check(item, path + "[" + i++ + "]", faults);
            }
        });
    }

    /** An array of at least one element. */
    static Shape nonEmptyList(Shape element) {
        return list(element).and("an array of at least one element", value -> !value.isEmpty());
    }

    /** An object whose members all have one shape. */
    static Shape map(Shape element) {
        return typed("an object", JsonNode::isObject)
                .then((value, path, faults) -> value.properties()
                        .forEach(entry -> element.check(entry.getValue(), member(path, entry.getKey()), faults)));
    }

    /** An object with the given members. */
    static Shape object(Member... members) {
        var names = Arrays.stream(members).map(Member::name).toList();
        return typed("an object", JsonNode::isObject).then((value, path, faults) -> {
            for (var member : members) {
                var at = member(path, member.name());
                var found = value.get(member.name());
                if (found != null) {
                    member.shape().check(found, at, faults);
                } else if (member.required()) {
                    faults.strictly(at, "required");
                }
            }
            for (var present : value.properties()) {
                if (!names.contains(present.getKey())) {
                    faults.strictly(member(path, present.getKey()), "unknown member");
                }
            }
        });
    }

    /** This shape and, if it fits, a further check. */
    private Shape then(Shape next) {
        return (value, path, faults) -> {
            int before = faults.count();
            check(value, path, faults);
            if (faults.count() == before && !value.isNull()) {
                next.check(value, path, faults);
            }
        };
    }

    /** This shape and, in strict mode, a condition on the value. */
    private Shape and(String expected, Predicate<JsonNode> condition) {
        return then((value, path, faults) -> {
            if (!condition.test(value)) {
                faults.strictly(path, "expected " + expected);
            }
        });
    }

    /** Null decodes to the zero value in Go, so only strict mode refuses it. */
    private static Shape typed(String expected, Predicate<JsonNode> type) {
        return (value, path, faults) -> {
            if (value.isNull()) {
                faults.strictly(path, "expected " + expected + ", got null");
            } else if (!type.test(value)) {
                faults.always(path, "expected " + expected);
            }
        };
    }

    private static boolean decodesTo(String text, int length) {
        try {
            return Base64.getDecoder().decode(text).length == length;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
