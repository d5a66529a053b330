package io.nodeplane.mockapi.platform;

import io.nodeplane.mockapi.http.Answer;
import io.nodeplane.mockapi.http.Body;
import io.nodeplane.mockapi.http.RefusedException;
import io.nodeplane.mockapi.wire.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A refusal as {@code application/problem+json}. SOURCE: RFC 9457; facts 2.3, error body. */
public final class Problem extends RefusedException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final String detail;
    private final transient Map<String, String> headers;

    private Problem(int status, String code, String detail, Map<String, String> headers) {
        super(status, code.isEmpty() ? detail : code + ": " + detail);
        this.code = code;
        this.detail = detail;
        this.headers = headers;
    }

    /** A problem with a code; an empty one is left out. */
    static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Map.of());
    }

    /** 429 with a pause. */
    static Problem rateLimited(String code, int seconds) {
        return new Problem(429, code, "too many requests", Map.of("Retry-After", String.valueOf(seconds)));
    }

    @Override
    public Answer.Reply answer() {
        var correlation = UUID.randomUUID().toString();
        var tree = Json.object()
                .put("type", "about:blank")
                .put("title", code.isEmpty() ? "refused" : code.replace('_', ' '))
                .put("status", status())
                .put("detail", detail);
        if (!code.isEmpty()) {
            tree.put("code", code);
        }
        tree.put("correlation_id", correlation);
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/problem+json");
        all.put("X-Correlation-Id", correlation);
        return new Answer.Reply(status(), all, Body.of(Json.bytes(tree)));
    }
}
