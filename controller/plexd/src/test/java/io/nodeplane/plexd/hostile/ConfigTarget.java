package io.nodeplane.plexd.hostile;

import io.nodeplane.plexd.config.PlexdConfig;
import io.nodeplane.plexd.config.PlexdKeys;
import io.nodeplane.plexd.config.Surroundings;
import io.nodeplane.runtime.config.ConfigException;
import io.nodeplane.runtime.config.ConfigReader;
import io.nodeplane.runtime.config.YamlFile;
import java.util.Map;
import java.util.Optional;

/** Fuzz target: any bytes as configuration file end in a configuration or in faults of readable length. */
public final class ConfigTarget {
    private static final int READABLE = 2000;

    private ConfigTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var file = YamlFile.parse("f", data);
            var input = new ConfigReader.Input("f", file, Map.of("PLEXD_API", "http://c"), Map.of());
            var config = PlexdConfig.from(input, new Surroundings(Optional.empty(), "h"));
            PlexdKeys.all().unknown("f", file).forEach(ConfigTarget::mustBeReadable);
            if (config.api().baseUrl().getHost() == null) {
                throw new IllegalStateException("no host in " + config.api().baseUrl());
            }
        } catch (ConfigException faults) {
            faults.faults().forEach(fault -> mustBeReadable(fault.toString()));
        }
    }

    private static void mustBeReadable(String sentence) {
        if (sentence.length() > READABLE) {
            throw new IllegalStateException("a message of " + sentence.length() + " characters");
        }
    }
}
