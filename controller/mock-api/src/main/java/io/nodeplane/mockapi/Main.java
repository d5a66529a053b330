package io.nodeplane.mockapi;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** The program. Exit codes: 0 served or healthy, 1 cannot serve or not healthy, 2 wrong arguments. SOURCE: facts 10.1. */
public final class Main {
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private Main() {}

    /** Serves until it is told to end (SIGTERM), or checks a URL. */
    public static void main(String[] args) {
        int code = run(System.out, System.err, args);
        if (code >= 0) {
            System.exit(code);
        }
    }

    /** Runs the program; the exit code, or -1 while it serves on. */
    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            var arguments = Arguments.parse(args);
            if (arguments.help()) {
                out.print(Arguments.usage());
                return OK;
            }
            if (arguments.check().isPresent()) {
                return check(arguments.check().get(), err);
            }
            serve(arguments, out);
            return -1;
        } catch (Arguments.BadArgumentsException e) {
            e.faults().forEach(fault -> err.println("mock-api: " + fault));
            err.print(Arguments.usage());
            return WRONG_ARGUMENTS;
        } catch (UncheckedIOException e) {
            err.println("mock-api: " + e.getMessage() + ": " + e.getCause());
            return FAILED;
        }
    }

    private static void serve(Arguments arguments, PrintStream out) {
        var api = MockApi.start(arguments.config());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(api::close));
        var address = api.address();
        out.println("MOCKAPI_ADDR=" + address.getAddress().getHostAddress() + ":" + address.getPort());
        out.flush();
    }

    private static int check(URI url, PrintStream err) {
        try {
            var connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout((int) CHECK_TIMEOUT.toMillis());
            connection.setReadTimeout((int) CHECK_TIMEOUT.toMillis());
            int status = connection.getResponseCode();
            if (status < 400) {
                return OK;
            }
            err.println("mock-api: " + url + ": expected a status below 400, got " + status);
        } catch (IOException e) {
            err.println("mock-api: " + url + ": " + e);
        }
        return FAILED;
    }
}
