package io.nodeplane.app.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.nodeplane.mockapi.MockApi;
import io.nodeplane.mockapi.capture.CapturedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Signed requests of the seeds' contract: each id ends with exactly one result, and no hook runs twice for one id, although requests
 * without a result are repeated and recorded ones are replayed.
 */
final class PushedActions implements Trial {
    /** What an agent tells of an id that an earlier one began. */
    private static final String INTERRUPTED = "interrupted by a restart";

    /** What it tells of an id that it could not note down, and hence did not run. The next process knows nothing of it and runs it. */
    private static final String NOT_NOTED = "not run: the node cannot store the execution id";

    private final MockApi api;
    private final CountedHook hook;
    /** A disk that takes nothing cannot note that an end was told; it is the only reason for a second one, and the results say so. */
    private final BooleanSupplier diskFailed;

    private final Map<String, String> payloads = new LinkedHashMap<>();
    private final List<String> recorded = new ArrayList<>();

    PushedActions(MockApi api, CountedHook hook, BooleanSupplier diskFailed) {
        this.api = api;
        this.hook = hook;
        this.diskFailed = diskFailed;
    }

    @Override
    public String config() {
        return hook.config();
    }

    @Override
    public void act(Random random) {
        if (api.openStreams() == 0) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> goOn();
            case 1 -> replay(random);
            default -> {
                var id = "x-" + payloads.size();
                payloads.put(id, payload(id, random));
                request(id);
            }
        }
    }

    /** What a control plane does that hears nothing: it asks again, with another event for the same id. */
    @Override
    public void goOn() {
        if (api.openStreams() > 0) {
            missing().stream().limit(3).forEach(this::request);
        }
    }

    @Override
    public List<String> open() {
        var missing = missing();
        return missing.isEmpty() ? List.of() : List.of("no result of executions " + missing);
    }

    @Override
    public List<String> violations() throws IOException {
        var violations = new ArrayList<>(hook.repeated());
        var runs = hook.runs();
        results().forEach((id, results) -> {
            var ends = results.stream()
                    .filter(result -> !diskFailed.getAsBoolean() || !isOfFailedDisk(result))
                    .count();
            if (ends > 1) {
                violations.add("execution " + id + " has more than one result: " + results);
            }
            var asked = payloads.getOrDefault(id, "");
            if (asked.contains(CountedHook.NAME)
                    && results.stream().anyMatch(result -> result.contains("\"success\""))
                    && !runs.containsKey(id)) {
                violations.add("execution " + id + " ended well but was never run");
            }
        });
        return violations;
    }

    @Override
    public String told() {
        return payloads.size() + " actions (" + recorded.size() + " requests)";
    }

    private void request(String id) {
        var event = "{\"event_type\":\"action_request\",\"event_id\":\"" + UUID.randomUUID() + "\",\"issued_at\":\""
                + Instant.now() + "\",\"nonce\":\"" + UUID.randomUUID() + "\",\"payload\":" + payloads.get(id) + "}";
        var frame = new String(api.sign(event).frame(), StandardCharsets.UTF_8);
        recorded.add(frame);
        api.injectFrame(frame);
    }

    /** What somebody does who listened. */
    private void replay(Random random) {
        if (!recorded.isEmpty()) {
            api.injectFrame(recorded.get(random.nextInt(recorded.size())));
        }
    }

    private String payload(String id, Random random) {
        var isHook = random.nextInt(3) > 0;
        return "{\"execution_id\":\"%s\",\"action\":\"%s\",\"checksum\":\"%s\",\"parameters\":{\"pause\":\"%s\"},\"triggered_by\":{\"type\":\"user\"}}"
                .formatted(
                        id,
                        isHook ? CountedHook.NAME : "system.info",
                        isHook ? hook.checksum() : "",
                        random.nextInt(10) / 10.0);
    }

    private Set<String> missing() {
        var missing = new LinkedHashSet<>(payloads.keySet());
        missing.removeAll(results().keySet());
        return missing;
    }

    /** The different results of each id. The same bytes again are the same result: each is told at least once. */
    private Map<String, Set<String>> results() {
        var results = new HashMap<String, Set<String>>();
        api.requests("execution_result", 0).stream()
                .map(CapturedRequest::json)
                .forEach(result -> results.computeIfAbsent(id(result), id -> new LinkedHashSet<>())
                        .add(result.toString()));
        return results;
    }

    private static boolean isOfFailedDisk(String result) {
        return result.contains(INTERRUPTED) || result.contains(NOT_NOTED);
    }

    private static String id(JsonNode result) {
        return result.path("execution_id").asText();
    }
}
