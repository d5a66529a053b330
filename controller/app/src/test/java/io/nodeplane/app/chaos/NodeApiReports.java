package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.WireContract;
import io.nodeplane.mockapi.capture.CapturedRequest;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reports over the node API: what a writer was told is stored is what the control plane has in the end. */
final class NodeApiReports implements Trial {
    /** Stands for a report that is not there. */
    private static final int NONE = -1;

    private static final int KEYS = 5;

    /** A report of ours in a body, whether its payload stands in it as JSON or as a text. */
    private static final Pattern OURS =
            Pattern.compile("\\{\\\\?\"key\\\\?\":\\\\?\"(r\\d)\\\\?\",\\\\?\"n\\\\?\":(\\d+)\\}");

    private final MockApi api;
    private final Path socket;
    /** The contract of 2026 answers a repeated deletion with 404, and its captured request has no key: no deletions there. */
    private final boolean deletes;

    /** What each report may be: what was answered last, and all that was written since without an answer. */
    private final Map<String, Set<Integer>> possible = new TreeMap<>();

    /** How often each status was answered; 0 stands for none. */
    private final Map<Integer, Integer> outcomes = new TreeMap<>();

    private int serial;
    private int answered;

    NodeApiReports(MockApi api, Path socket, WireContract contract) {
        this.api = api;
        this.socket = socket;
        this.deletes = contract == WireContract.V1_SEED;
    }

    @Override
    public String config() {
        return "node_api: {socket_path: '" + socket + "', debounce_period: 200ms}\n";
    }

    @Override
    public void act(Random random) {
        var key = "r" + random.nextInt(KEYS);
        if (deletes && random.nextInt(4) == 0) {
            write(key, NONE, "DELETE /v1/state/report/" + key + " HTTP/1.1\r\n\r\n");
            return;
        }
        var n = serial++;
        var body = "{\"content_type\":\"application/json\",\"payload\":{\"key\":\"%s\",\"n\":%d}}".formatted(key, n);
        write(
                key,
                n,
                "PUT /v1/state/report/" + key + " HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private void write(String key, int n, String request) {
        var status = ask(request);
        outcomes.merge(status, 1, Integer::sum);
        switch (status) {
            // Stored, deleted, or not there to delete.
            case 200, 201, 204, 404 -> {
                possible.put(key, new HashSet<>(Set.of(n)));
                answered++;
            }
            // Refused: nothing has changed.
            case 409, 503, 507 -> {}
            default ->
                possible.computeIfAbsent(key, unwritten -> new HashSet<>(Set.of(NONE)))
                        .add(n);
        }
    }

    /** The status of the answer; 0 when there was none, and nobody knows what became of the request. */
    private int ask(String request) {
        try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(connection).write(request.getBytes(StandardCharsets.UTF_8));
            var answer = new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        } catch (IOException nobodyListens) {
            return 0;
        }
    }

    @Override
    public List<String> open() {
        var there = there();
        var open = new ArrayList<String>();
        possible.forEach((key, values) -> {
            var value = there.getOrDefault(key, NONE);
            if (!values.contains(value)) {
                open.add("report " + key + " is " + value + " at the control plane, expected one of " + values);
            }
        });
        return open;
    }

    /** What the control plane was told last of each report. */
    private Map<String, Integer> there() {
        var there = new HashMap<String, Integer>();
        for (var request : api.requests("report", 0)) {
            var found = OURS.matcher(request.body().text());
            while (found.find()) {
                there.put(found.group(1), Integer.parseInt(found.group(2)));
            }
            deleted(request).forEach(there::remove);
        }
        return there;
    }

    private List<String> deleted(CapturedRequest request) {
        var keys = new ArrayList<String>();
        if (deletes) {
            request.json().path("deleted").forEach(key -> keys.add(key.asText()));
        }
        return keys;
    }

    @Override
    public List<String> violations() {
        return List.of();
    }

    @Override
    public String told() {
        return answered + " reports and their outcomes " + outcomes;
    }
}
