package io.nodeplane.plexd.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.http.ApiReply;
import io.nodeplane.plexd.http.ApiRequest;
import java.net.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Gives one prepared answer, after the prepared failures, and keeps what was sent. */
public final class CannedApi implements ApiClient {
    private final byte[] answer;
    private final Map<String, List<String>> headers;
    private final Queue<ApiException> failures = new ArrayDeque<>();
    private final List<ApiRequest> seen = new ArrayList<>();

    public CannedApi(String answer) {
        this(answer.getBytes(UTF_8), Map.of());
    }

    public CannedApi(byte[] answer, Map<String, List<String>> headers) {
        this.answer = answer.clone();
        this.headers = headers;
    }

    /** The next request, in order of calls, fails this way. */
    public CannedApi failing(ApiException failure) {
        failures.add(failure);
        return this;
    }

    @Override
    public ApiReply exchange(ApiRequest request) throws ApiException {
        seen.add(request);
        var failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return new ApiReply(answer, HttpHeaders.of(headers, (name, value) -> true));
    }

    public List<ApiRequest> seen() {
        return seen;
    }

    public ApiRequest last() {
        return seen.getLast();
    }

    public String lastBody() {
        return body(last());
    }

    public static String body(ApiRequest request) {
        return request.body().map(body -> new String(body.bytes(), UTF_8)).orElse("");
    }

    public String lastLine() {
        return line(last());
    }

    public static String line(ApiRequest request) {
        return request.method() + " /" + String.join("/", request.segments());
    }
}
