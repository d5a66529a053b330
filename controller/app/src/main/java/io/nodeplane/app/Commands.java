package io.nodeplane.app;

import io.nodeplane.plexd.config.ConfigFile;
import io.nodeplane.plexd.config.PlexdKeys;
import io.nodeplane.runtime.config.ConfigKey;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The commands and their options, built from the configuration keys; no annotations, which would be read by reflection at each start. */
final class Commands {
    private static final String CONFIG = "--config";

    private Commands() {}

    static int run(String[] arguments, Console console) {
        var line = new CommandLine(plexd())
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setExecutionStrategy(parsed -> execute(parsed, console));
        return line.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static CommandSpec plexd() {
        var up = described(CommandSpec.create().name("up"), "Runs the node agent until SIGTERM.");
        var status = described(CommandSpec.create().name("status"), "Tells how the agent on this machine is.")
                .addOption(OptionSpec.builder("-o", "--output")
                        .paramLabel("text|json")
                        .type(String.class)
                        .defaultValue("text")
                        .description("form of the answer (text)")
                        .build());
        var plexd = described(CommandSpec.create().name("plexd"), "Node agent of Nodeplane.")
                .version("plexd " + Version.TEXT)
                .addSubcommand("up", withConfig(up))
                .addSubcommand("status", withConfig(status));
        return plexd.mixinStandardHelpOptions(true);
    }

    private static CommandSpec described(CommandSpec spec, String sentence) {
        spec.usageMessage().description(sentence).abbreviateSynopsis(true);
        return spec;
    }

    private static CommandSpec withConfig(CommandSpec spec) {
        spec.mixinStandardHelpOptions(true).version("plexd " + Version.TEXT);
        spec.addOption(OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("configuration file, also PLEXD_CONFIG (" + ConfigFile.DEFAULT_PATH + ")")
                .build());
        flagged()
                .forEach(key -> spec.addOption(OptionSpec.builder(key.flag())
                        .paramLabel(key.type().name().toUpperCase(Locale.ROOT).replace(' ', '_'))
                        .type(String.class)
                        .description(key.path() + ": " + key.description())
                        .build()));
        return spec;
    }

    private static List<ConfigKey<?>> flagged() {
        return PlexdKeys.all().all().stream()
                .filter(key -> !key.flag().isEmpty())
                .toList();
    }

    private static int execute(ParseResult parsed, Console console) {
        var help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        var command = parsed.subcommand();
        if (command == null) {
            parsed.commandSpec().commandLine().usage(console.err());
            return CommandLine.ExitCode.USAGE;
        }
        var settings = settings(command, console);
        return switch (command.commandSpec().name()) {
            case "up" -> new UpCommand(settings, console).run();
            default -> new StatusCommand(settings, console).run(command.matchedOptionValue("--output", "text"));
        };
    }

    private static Settings settings(ParseResult command, Console console) {
        var flags = new HashMap<String, String>();
        for (var key : flagged()) {
            if (command.hasMatchedOption(key.flag())) {
                flags.put(key.flag(), command.matchedOptionValue(key.flag(), ""));
            }
        }
        var fromVariable = console.variables().getOrDefault("PLEXD_CONFIG", "");
        var fallback = fromVariable.isEmpty() ? ConfigFile.DEFAULT_PATH : Path.of(fromVariable);
        return new Settings(command.matchedOptionValue(CONFIG, fallback), flags);
    }

    /**
     * Where the configuration comes from.
     *
     * @param flags values by flag name
     */
    record Settings(Path file, Map<String, String> flags) {}
}
