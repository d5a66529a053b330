package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.MockApi;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Executions of the platform's contract, which come with the state: each comes to an end, and no hook runs twice for one id. */
final class PulledActions implements Trial {
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

    private final MockApi api;
    private final CountedHook hook;
    private int count;

    PulledActions(MockApi api, CountedHook hook) {
        this.api = api;
        this.hook = hook;
    }

    @Override
    public String config() {
        return hook.config();
    }

    @Override
    public void act(Random random) {
        if (random.nextBoolean()) {
            return;
        }
        var isHook = random.nextInt(3) > 0;
        api.platform().execution("""
            {"execution_id": "x-%d", "action": "%s", "type": "%s", "parameters": {"pause": "%s"},
             "requested_at": "2026-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z"}
            """.formatted(
                        count++,
                        isHook ? CountedHook.NAME : "system.info",
                        isHook ? "hook" : "builtin",
                        random.nextInt(10) / 10.0));
    }

    @Override
    public List<String> open() {
        var open = api.platform().executions().entrySet().stream()
                .filter(execution -> !ENDS.contains(execution.getValue()))
                .map(execution -> execution.getKey() + " is " + execution.getValue())
                .sorted()
                .toList();
        return open.isEmpty() ? List.of() : List.of("executions without an end: " + open);
    }

    @Override
    public List<String> violations() throws IOException {
        return hook.repeated();
    }

    @Override
    public String told() {
        return count + " executions";
    }
}
