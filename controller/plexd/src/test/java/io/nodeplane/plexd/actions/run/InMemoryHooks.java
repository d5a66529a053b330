package io.nodeplane.plexd.actions.run;

import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Hooks;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows one hook that tells what it was called with. */
final class InMemoryHooks implements Hooks {
    static final Hook ECHO =
            new Hook("echo.sh", "", "local", "ab".repeat(32), List.of(), Optional.of(Duration.ofSeconds(20)), false);

    final List<String> stopped = new ArrayList<>();

    @Override
    public List<Hook> list() {
        return List.of(ECHO);
    }

    @Override
    public List<Hook> reload() {
        return list();
    }

    @Override
    public int run(Call call, Streams streams) throws ActionFailed {
        if (!call.checksum().equals(Optional.of(ECHO.checksum()))) {
            throw new ActionFailed("checksum " + call.checksum());
        }
        for (var octet : call.executionId().toCharArray()) {
            streams.stdout().write(octet);
        }
        return 7;
    }

    @Override
    public void stop(String executionId) {
        stopped.add(executionId);
    }
}
