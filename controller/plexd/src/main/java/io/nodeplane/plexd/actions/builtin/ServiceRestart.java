package io.nodeplane.plexd.actions.builtin;

import io.nodeplane.plexd.actions.Action;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code service.restart}: ends the process with exit code 0 once the result has been told, so that the kubelet starts it anew. Offered in
 * a pod only: elsewhere nobody is known to start it again.
 *
 * @param stop ends the process as SIGTERM does
 */
record ServiceRestart(Runnable stop) implements Action {
    @Override
    public Capabilities.Action description() {
        return new Capabilities.Action(
                "service.restart", "Ends the agent after the result was told; the kubelet starts it again", List.of());
    }

    @Override
    public int run(Map<String, String> parameters, Streams streams) {
        var said = "the agent ends when this result has been told\n".getBytes(StandardCharsets.UTF_8);
        streams.stdout().write(said, 0, said.length);
        return 0;
    }

    @Override
    public Optional<Runnable> afterwards() {
        return Optional.of(stop);
    }
}
