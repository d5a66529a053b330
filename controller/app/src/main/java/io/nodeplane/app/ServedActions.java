package io.nodeplane.app;

import io.nodeplane.plexd.actions.Actions;
import io.nodeplane.plexd.capabilities.Capabilities;
import io.nodeplane.plexd.nodeapi.services.NodeActions;
import io.nodeplane.runtime.config.GoDuration;
import java.util.List;

/** The node's actions in the words of the node API. */
record ServedActions(Actions actions) implements NodeActions {
    @Override
    public Catalogue catalogue() {
        var known = actions.catalogue();
        return new Catalogue(known.builtinActions(), served(known.hooks()));
    }

    @Override
    public Result run(Call call) throws Unavailable, InterruptedException {
        try {
            var result =
                    actions.run(new Actions.Call(call.action(), call.parameters(), call.timeout(), call.askedBy()));
            return switch (result.status()) {
                case SUCCESS, FAILED, ERROR ->
                    new Result(result.status().word(), result.exitCode(), result.stdout(), result.stderr());
                // The node API has three words (protocol facts 7.2); which end it was stands in the text.
                case TIMEOUT, CANCELLED ->
                    new Result(
                            "error",
                            result.exitCode(),
                            result.stdout(),
                            told(result.stderr(), result.status().word()));
            };
        } catch (Actions.Refused refused) {
            throw new Unavailable(refused.reason().word());
        }
    }

    @Override
    public List<Hook> reloadHooks() {
        return served(actions.reloadHooks());
    }

    private static String told(String stderr, String end) {
        return stderr.isEmpty() || stderr.endsWith("\n") ? stderr + end : stderr + "\n" + end;
    }

    private static List<Hook> served(List<Capabilities.Hook> hooks) {
        return hooks.stream()
                .map(hook -> new Hook(
                        hook.name(),
                        hook.description(),
                        hook.source(),
                        hook.checksum(),
                        hook.parameters(),
                        hook.timeout().map(GoDuration::format).orElse(""),
                        hook.sandbox()))
                .toList();
    }
}
