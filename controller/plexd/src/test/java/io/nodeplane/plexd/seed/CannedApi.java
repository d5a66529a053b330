package io.nodeplane.plexd.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.http.ApiRequest;
import java.util.ArrayList;
import java.util.List;

/** Gives one prepared answer and keeps what was sent. */
final class CannedApi implements ApiClient {
    private final byte[] answer;
    private final List<ApiRequest> seen = new ArrayList<>();

    CannedApi(String answer) {
        this.answer = answer.getBytes(UTF_8);
    }

    @Override
    public byte[] send(ApiRequest request) {
        seen.add(request);
        return answer;
    }

    ApiRequest last() {
        return seen.getLast();
    }

    String lastBody() {
        return last().body().map(body -> new String(body.json(), UTF_8)).orElse("");
    }

    String lastLine() {
        return last().method() + " /" + String.join("/", last().segments());
    }
}
