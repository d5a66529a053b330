package io.nodeplane.mockapi;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line. Every option has Go's form {@code -addr} and the usual one {@code --addr}. SOURCE: facts 10.1, flags.
 *
 * @param addr plain listener
 * @param tlsAddr TLS listener
 * @param mode identity and checks
 * @param windowBytes bytes kept per endpoint
 * @param contract what the mock speaks
 * @param check URL to probe instead of serving
 * @param help print the usage instead of serving
 */
record Arguments(
        InetSocketAddress addr,
        InetSocketAddress tlsAddr,
        Mode mode,
        int windowBytes,
        WireContract contract,
        Optional<URI> check,
        boolean help) {

    private static final int MEBI = 1 << 20;
    private static final int MOST_MEBI = 256;

    /** Usage, for {@code -help} and behind faults. */
    static String usage() {
        return new CommandLine(spec()).getUsageMessage();
    }

    /** The arguments; {@link BadArgumentsException} with all faults when any is wrong. */
    static Arguments parse(String... args) {
        var line = new CommandLine(spec())
                .setPosixClusteredShortOptionsAllowed(false)
                .setAbbreviatedOptionsAllowed(false);
        line.getCommandSpec().parser().collectErrors(true);
        var given = line.parseArgs(args);
        var faults = new ArrayList<String>();
        given.errors().forEach(error -> faults.add(String.valueOf(error.getMessage())));
        var parsed = from(line, faults);
        if (!faults.isEmpty()) {
            throw new BadArgumentsException(faults);
        }
        return parsed;
    }

    private static Arguments from(CommandLine line, List<String> faults) {
        boolean compat = isSet(line, "--compat");
        boolean strict = isSet(line, "--strict");
        if (compat && strict) {
            faults.add("--compat, --strict: expected at most one of them");
        }
        var mode = compat ? Mode.COMPAT : strict ? Mode.STRICT : Mode.DEFAULT;
        return new Arguments(
                address(line, "--addr", faults),
                address(line, "--tls-addr", faults),
                mode,
                window(line, faults),
                contract(line, faults),
                url(line, faults),
                isSet(line, "--help"));
    }

    private static CommandSpec spec() {
        return CommandSpec.create()
                .name("mock-api")
                .addOption(text("addr", ":0", "address of the plain listener, host:port or :port"))
                .addOption(text("tls-addr", ":8443", "address of the TLS listener, host:port or :port"))
                .addOption(text("window", "4", "MiB of requests and of records kept per endpoint"))
                .addOption(text("contract", WireContract.V1_SEED.word(), "what it speaks: v1-seed or v1-2026"))
                .addOption(text("check", null, "GET this URL and exit 1 on an error or a status of 400 or more"))
                .addOption(flag("compat", "one constant node id and mesh IP, as the seed's era"))
                .addOption(flag("strict", "check bearer, node id and bodies"))
                .addOption(flag("help", "print this and exit"));
    }

    private static OptionSpec text(String name, @Nullable String value, String description) {
        var option = OptionSpec.builder("--" + name, "-" + name)
                .type(String.class)
                .paramLabel("<" + name + ">")
                .description(description);
        return value == null ? option.build() : option.defaultValue(value).build();
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder("--" + name, "-" + name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    private static @Nullable String value(CommandLine line, String name) {
        return line.getCommandSpec().findOption(name).getValue();
    }

    private static boolean isSet(CommandLine line, String name) {
        return Boolean.TRUE.equals(line.getCommandSpec().findOption(name).getValue());
    }

    /** An empty host is every address, as in Go. */
    private static InetSocketAddress address(CommandLine line, String name, List<String> faults) {
        var text = String.valueOf(value(line, name));
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            var host = colon < 0 ? "" : text.substring(0, colon);
            if (colon >= 0 && port >= 0 && port <= 65535) {
                return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
            }
        } catch (NumberFormatException e) {
            // Reported below, with the other wrong forms.
        }
        faults.add(name + ": expected host:port or :port with a port of 0 to 65535, got \"" + text + "\"");
        return new InetSocketAddress(0);
    }

    private static int window(CommandLine line, List<String> faults) {
        var text = String.valueOf(value(line, "--window"));
        try {
            int mebi = Integer.parseInt(text);
            if (mebi >= 1 && mebi <= MOST_MEBI) {
                return mebi * MEBI;
            }
        } catch (NumberFormatException e) {
            // Reported below, with numbers out of range.
        }
        faults.add("--window: expected 1 to " + MOST_MEBI + " (MiB), got \"" + text + "\"");
        return MEBI;
    }

    private static WireContract contract(CommandLine line, List<String> faults) {
        var text = String.valueOf(value(line, "--contract"));
        for (var contract : WireContract.values()) {
            if (contract.word().equals(text)) {
                return contract;
            }
        }
        faults.add("--contract: expected v1-seed or v1-2026, got \"" + text + "\"");
        return WireContract.V1_SEED;
    }

    private static Optional<URI> url(CommandLine line, List<String> faults) {
        var text = value(line, "--check");
        if (text == null) {
            return Optional.empty();
        }
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        faults.add("--check: expected an http or https URL, got \"" + text + "\"");
        return Optional.empty();
    }

    /** What a mock is started with. */
    MockApiConfig config() {
        return new MockApiConfig(
                mode, addr, tlsAddr, Clock.systemUTC(), MockApiConfig.KEEP_ALIVE, windowBytes, contract);
    }

    /** Wrong arguments, all of them. */
    static final class BadArgumentsException extends RuntimeException {
        private final List<String> faults;

        BadArgumentsException(List<String> faults) {
            super(String.join("; ", faults));
            this.faults = List.copyOf(faults);
        }

        List<String> faults() {
            return faults;
        }
    }
}
