package io.nodeplane.app;

import io.nodeplane.app.cli.AgentSocket;
import io.nodeplane.app.cli.Question;
import io.nodeplane.app.cli.View;
import io.nodeplane.plexd.config.ConfigFile;
import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.runtime.config.ConfigException;
import picocli.CommandLine.ParseResult;

/** The commands that ask the running agent over its socket. */
record SocketCommand(Commands.Settings settings, Console console) {
    private static final int WRONG_CONFIGURATION = 2;

    int run(ParseResult command) {
        try {
            var config = ConfigFile.load(
                            settings.file(), console.variables(), settings.flags(), UpCommand.surroundings(console))
                    .config();
            return run(command, config);
        } catch (ConfigException wrong) {
            console.err().println("plexd: " + wrong.getMessage());
            return WRONG_CONFIGURATION;
        }
    }

    private int run(ParseResult command, PlexdConfig config) {
        var question = new Question(
                new AgentSocket(config.nodeApi().socketPath()),
                console.out(),
                console.err(),
                () -> StatusCommand.hint(config));
        var name = command.commandSpec().name();
        if (name.equals("deregister")) {
            return new DeregisterCommand(config, question, console)
                    .run(command.matchedOptionValue(Commands.PURGE, false));
        }
        var view = View.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return question.show(view, command.matchedOptionValue("--output", "table"));
    }
}
