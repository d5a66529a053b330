package io.nodeplane.mockapi.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nodeplane.mockapi.capture.CapturedRequest;
import io.nodeplane.mockapi.capture.Received;
import io.nodeplane.mockapi.wire.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** What nodes sent, read with tolerance: a body that is not as expected must not take the page away. */
final class Bodies {
    /** A node's clock that is further away would put its points outside of every chart. */
    private static final Duration FARTHEST = Duration.ofMinutes(10);

    /** Names, ids, words. */
    private static final int SHORT = 120;

    private Bodies() {}

    /** The body as JSON; missing when it is none. */
    static JsonNode json(CapturedRequest request) {
        try {
            return Json.parse(request.body().bytes());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The record as JSON; missing when it is none. */
    static JsonNode json(Received received) {
        try {
            return received.json();
        } catch (IllegalArgumentException e) {
            return MissingNode.getInstance();
        }
    }

    /** The first of the members that is there, as one short line: a text as it is, other values as JSON. */
    static String text(JsonNode body, String... members) {
        return text(SHORT, body, members);
    }

    /** The same with another limit. */
    static String text(int most, JsonNode body, String... members) {
        for (var member : members) {
            var value = body.path(member);
            if (!value.isMissingNode() && !value.isNull()) {
                return Excerpt.of(value.isTextual() ? value.textValue() : value.toString(), most);
            }
        }
        return "";
    }

    /** When the node says that it was, in milliseconds; when it came, if the node says nothing or its clock is far off. */
    static long time(Received received, JsonNode record) {
        try {
            var told = OffsetDateTime.parse(record.path("timestamp").asText()).toInstant();
            return isNear(told, received.time())
                    ? told.toEpochMilli()
                    : received.time().toEpochMilli();
        } catch (DateTimeException e) {
            return received.time().toEpochMilli();
        }
    }

    private static boolean isNear(Instant told, Instant received) {
        return Duration.between(told, received).abs().compareTo(FARTHEST) <= 0;
    }
}
