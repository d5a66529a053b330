package io.nodeplane.app;

import io.nodeplane.app.cli.Output;
import io.nodeplane.app.cli.View;
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
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The commands and their options, built from the configuration keys; no annotations, which would be read by reflection at each start. */
final class Commands {
    static final String PURGE = "--purge";

    private static final String CONFIG = "--config";
    private static final List<String> SHELLS = List.of("bash", "zsh");

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
                .addOption(output("text|json", "text"));
        var plexd = described(CommandSpec.create().name("plexd"), "Node agent of Nodeplane.")
                .version("plexd " + Version.TEXT)
                .addSubcommand("up", withConfig(up))
                .addSubcommand("status", withConfig(status));
        for (var view : View.ALL) {
            var spec = described(CommandSpec.create().name(view.name()), view.sentence());
            plexd.addSubcommand(view.name(), withConfig(spec.addOption(output(Output.words(), "table"))));
        }
        return plexd.addSubcommand("deregister", withConfig(deregister()))
                .addSubcommand("completion", completion())
                .mixinStandardHelpOptions(true);
    }

    private static OptionSpec output(String words, String usual) {
        return OptionSpec.builder("-o", "--output")
                .paramLabel(words)
                .type(String.class)
                .defaultValue(usual)
                .completionCandidates(List.of(words.split("\\|", -1)))
                .description("form of the answer (" + usual + ")")
                .build();
    }

    private static CommandSpec deregister() {
        return described(
                        CommandSpec.create().name("deregister"),
                        "Takes this node out of the control plane and ends its agent.")
                .addOption(OptionSpec.builder(PURGE)
                        .type(boolean.class)
                        .description("delete everything in the data directory too")
                        .build());
    }

    private static CommandSpec completion() {
        return described(
                        CommandSpec.create().name("completion"), "Prints a script that completes commands and options.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("1")
                        .paramLabel("bash|zsh")
                        .type(String.class)
                        .completionCandidates(SHELLS)
                        .description("source <(plexd completion bash)")
                        .build())
                .mixinStandardHelpOptions(true);
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
        var name = command.commandSpec().name();
        if (name.equals("completion")) {
            return complete(command.matchedPositionalValue(0, ""), console);
        }
        var settings = settings(command, console);
        return switch (name) {
            case "up" -> new UpCommand(settings, console).run();
            case "status" -> new StatusCommand(settings, console).run(command.matchedOptionValue("--output", "text"));
            default -> new SocketCommand(settings, console).run(command);
        };
    }

    private static int complete(String shell, Console console) {
        if (!SHELLS.contains(shell)) {
            console.err().println("plexd: completion: found \"" + shell + "\", expected bash or zsh");
            return CommandLine.ExitCode.USAGE;
        }
        // One script for both: it switches zsh to its bash emulation by itself.
        console.out().println(AutoComplete.bash("plexd", new CommandLine(plexd())));
        return CommandLine.ExitCode.OK;
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
