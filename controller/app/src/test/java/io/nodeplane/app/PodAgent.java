package io.nodeplane.app;

import java.nio.file.Path;

/** The {@code plexd} command of a pod whose account is not where the kubelet puts it: several of them can run on one machine. */
public final class PodAgent {
    /** System property with the directory of the account. */
    public static final String ACCOUNT = "nodeplane.service-account";

    private PodAgent() {}

    /** As {@link Plexd#main}. */
    public static void main(String[] arguments) {
        var account = Path.of(System.getProperty(ACCOUNT, ""));
        System.exit(Commands.run(arguments, new Console(System.getenv(), System.out, System.err, account)));
    }
}
