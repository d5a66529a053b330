package io.nodeplane.app;

import io.nodeplane.plexd.config.ConfigFile;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.plexd.environment.HostName;
import io.nodeplane.plexd.environment.KubernetesEnvironment;
import io.nodeplane.plexd.logs.AgentLog;
import io.nodeplane.plexd.registration.RegistrationFailed;
import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.logging.Logging;
import io.nodeplane.runtime.logging.RecentLog;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code plexd up}: reads the configuration and runs the agent until SIGTERM. */
final class UpCommand {
    private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);
    private static final int WRONG_CONFIGURATION = 2;

    /** What logs.snapshot can show: hours of a quiet agent for a quarter of a MiB. */
    private static final int RECENT_LINES = 2_000;

    private static final int RECENT_CHARACTERS = 256 << 10;

    private final Commands.Settings settings;
    private final Console console;

    UpCommand(Commands.Settings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    int run() {
        var stop = Stop.install();
        try {
            return up();
        } finally {
            stop.ended();
        }
    }

    private int up() {
        var surroundings = surroundings(console);
        // Before the first line, so that the control plane gets the whole story of a start.
        var ownLog = new AgentLog(surroundings.nodeName().orElse(surroundings.hostName()));
        Logging.attach(ownLog);
        var recentLog = new RecentLog(RECENT_LINES, RECENT_CHARACTERS);
        Logging.attach(recentLog);
        try {
            var loaded = ConfigFile.load(settings.file(), console.variables(), settings.flags(), surroundings);
            tell(loaded);
            new Agent(loaded.config(), surroundings, Host.THIS, console.variables(), ownLog, recentLog).run();
            return 0;
        } catch (ConfigException wrong) {
            console.err().println("plexd: " + wrong.getMessage());
            return WRONG_CONFIGURATION;
        } catch (InterruptedException stopped) {
            LOG.atInfo().log("stopped");
            return 0;
        } catch (RegistrationFailed | IOException failed) {
            LOG.atError().addKeyValue("reason", failed.getMessage()).log("agent cannot run");
            return 1;
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("agent failed");
            return 1;
        }
    }

    static Surroundings surroundings(Console console) {
        return new Surroundings(
                KubernetesEnvironment.detect(console.variables(), console.serviceAccount()),
                HostName.of(Path.of("/proc"), console.variables()));
    }

    private static void tell(ConfigFile loaded) {
        Logging.setLevel(loaded.config().logLevel());
        var line = LOG.atInfo().addKeyValue("version", Version.TEXT);
        for (var setting : loaded.config().printed().entrySet()) {
            line = line.addKeyValue(setting.getKey(), setting.getValue());
        }
        line.log("plexd starting");
        loaded.warnings()
                .forEach(warning -> LOG.atWarn().addKeyValue("warning", warning).log("configuration warning"));
    }
}
