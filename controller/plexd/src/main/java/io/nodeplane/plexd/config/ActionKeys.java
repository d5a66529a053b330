package io.nodeplane.plexd.config;

import io.nodeplane.plexd.actions.ActionConfig;
import io.nodeplane.plexd.integrity.IntegrityConfig;
import io.nodeplane.runtime.config.ConfigKey;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.ConfigType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys of {@code actions} and {@code integrity} (protocol facts 1.2). */
final class ActionKeys {
    private static final int LEAST_OUTPUT = 1024;

    /** Two streams of each execution are held in a heap of 48 MiB. */
    private static final int MOST_OUTPUT = 4 << 20;

    private static final ConfigKey<Boolean> ENABLED = ConfigKey.of(
                    "actions.enabled", ConfigType.BOOLEAN, true, "run actions and hooks on request")
            .fromVariable("PLEXD_ACTIONS_ENABLED");
    private static final ConfigKey<Path> HOOKS_DIR = ConfigKey.of(
                    "actions.hooks_dir",
                    ConfigType.PATH,
                    Path.of("/etc/plexd/hooks"),
                    "programs that may be run: regular files with an execute bit, no links; need not be there")
            .fromVariable("PLEXD_HOOKS_DIR");
    private static final ConfigKey<Integer> MAX_CONCURRENT = ConfigKey.atLeast(
                    "actions.max_concurrent", 5, 1, "executions at a time")
            .fromVariable("PLEXD_ACTIONS_MAX_CONCURRENT");
    private static final ConfigKey<Duration> MAX_TIMEOUT = ConfigKey.atLeast(
            "actions.max_action_timeout",
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            "upper bound of each execution, and its limit when the request has none");
    private static final ConfigKey<Integer> MAX_OUTPUT = ConfigKey.of(
                    "actions.max_output_bytes",
                    ConfigType.WHOLE_NUMBER,
                    1 << 20,
                    "of standard output and of standard error each; the rest is cut off")
            .where(LEAST_OUTPUT + " to " + MOST_OUTPUT, bytes -> bytes >= LEAST_OUTPUT && bytes <= MOST_OUTPUT);

    private static final ConfigKey<Boolean> INTEGRITY_ENABLED = ConfigKey.of(
            "integrity.enabled",
            ConfigType.BOOLEAN,
            true,
            "compare the program and hooks with a baseline and tell what differs");
    private static final ConfigKey<Path> BINARY_PATH =
            ConfigKey.without("integrity.binary_path", ConfigType.PATH, "the jars that run", "the program as one file");
    private static final ConfigKey<Path> INTEGRITY_HOOKS_DIR = ConfigKey.without(
                    "integrity.hooks_dir", ConfigType.PATH, "as `actions.hooks_dir`", "whose hooks are compared")
            .fromVariable("PLEXD_HOOKS_DIR");
    private static final ConfigKey<Duration> VERIFY_INTERVAL = ConfigKey.atLeast(
            "integrity.verify_interval", Duration.ofMinutes(5), Duration.ofSeconds(30), "time between comparisons");
    private static final ConfigKey<Boolean> WATCH_ENABLED = ConfigKey.of(
                    "integrity.watch_enabled",
                    ConfigType.BOOLEAN,
                    true,
                    "hear of changes in `actions.hooks_dir` at once, by inotify")
            .fromVariable("PLEXD_HOOKS_ENABLED");

    static final List<ConfigKey<?>> ALL = List.of(
            ENABLED,
            HOOKS_DIR,
            MAX_CONCURRENT,
            MAX_TIMEOUT,
            MAX_OUTPUT,
            INTEGRITY_ENABLED,
            BINARY_PATH,
            INTEGRITY_HOOKS_DIR,
            VERIFY_INTERVAL,
            WATCH_ENABLED);

    private ActionKeys() {}

    static ActionConfig actions(ConfigReader reader) {
        return new ActionConfig(
                reader.get(ENABLED),
                reader.get(HOOKS_DIR),
                reader.get(MAX_CONCURRENT),
                reader.get(MAX_TIMEOUT),
                reader.get(MAX_OUTPUT));
    }

    static IntegrityConfig integrity(ConfigReader reader) {
        return new IntegrityConfig(
                reader.get(INTEGRITY_ENABLED),
                reader.find(BINARY_PATH),
                reader.find(INTEGRITY_HOOKS_DIR).orElseGet(() -> reader.get(HOOKS_DIR)),
                reader.get(VERIFY_INTERVAL),
                reader.get(WATCH_ENABLED));
    }
}
