package io.nodeplane.app;

/** Entry point of the {@code plexd} command. Exit codes: 0 done, 1 failed, 2 wrong arguments or configuration. */
public final class Plexd {
    private Plexd() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(Commands.run(arguments, new Console(System.getenv(), System.out, System.err)));
    }
}
