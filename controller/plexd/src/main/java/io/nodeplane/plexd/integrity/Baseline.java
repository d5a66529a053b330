package io.nodeplane.plexd.integrity;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checksums that are expected; maps from path to lower-case hex SHA-256, sorted.
 *
 * @param version of the program that made it
 * @param binary files of the program
 * @param reported what was found and told instead, for files of the program that differ
 * @param hooks hooks as they were last found
 */
record Baseline(String version, Map<String, String> binary, Map<String, String> reported, Map<String, String> hooks) {
    Baseline {
        binary = sorted(binary);
        reported = sorted(reported);
        hooks = sorted(hooks);
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
