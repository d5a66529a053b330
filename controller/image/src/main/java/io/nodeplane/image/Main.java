package io.nodeplane.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds {@code plexd:e2e} and {@code mockapi:e2e} from a packaged checkout and loads them into the Docker engine. */
final class Main {
    private Main() {}

    /**
     * {@code <checkout>} builds, trains and loads. {@code <checkout> --untrained} writes the images without their AOT caches and
     * needs no engine: what it writes is the same in every build.
     */
    public static void main(String[] arguments) throws Exception {
        var checkout = new Checkout(Path.of(arguments[0]).toRealPath());
        var inputs = checkout.inputs();
        var untrained = List.of(arguments).contains("--untrained");
        if (!untrained && isLoaded(checkout.agent(), inputs) && isLoaded(checkout.mock(), inputs)) {
            say("plexd:e2e and mockapi:e2e are up to date");
            return;
        }
        say("linking the Java runtime");
        var build = new ImageBuild(checkout, JavaRuntime.link(checkout.out()), inputs);
        say("storing the jars");
        var agent = build.stage(checkout.agent());
        var mock = build.stage(checkout.mock());
        if (untrained) {
            say("wrote " + build.writeUntrained(agent) + " and " + build.writeUntrained(mock));
            return;
        }
        say("training the AOT caches: the agent runs for half a minute against the mock control plane");
        build.train(agent, mock);
        for (var staged : List.of(agent, mock)) {
            var tar = build.load(staged);
            say("loaded %s, %.1f MB compressed".formatted(staged.program().image(), Files.size(tar) / 1e6));
        }
    }

    private static boolean isLoaded(Program program, String inputs) {
        var format = "{{index .Config.Labels \"" + ImageTar.INPUTS + "\"}}";
        return Tool.DOCKER
                .attempt("image", "inspect", "--format", format, program.image())
                .output()
                .equals(inputs);
    }

    private static void say(String what) {
        System.out.println("image: " + what);
    }
}
