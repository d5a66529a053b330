package io.nodeplane.app.chaos;

import io.nodeplane.plexd.integrity.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A hook that writes down the id of each of its runs, so that a second run of one id is seen. */
final class CountedHook {
    /** Name of the hook, and of the action that asks for it. */
    static final String NAME = "count.sh";

    private final Path directory;
    private final Path runs;
    private final String checksum;

    private CountedHook(Path directory, Path runs, String checksum) {
        this.directory = directory;
        this.runs = runs;
        this.checksum = checksum;
    }

    /** A hook beside the data directory of a node. */
    static CountedHook in(Path node) throws IOException {
        var runs = Files.writeString(node.resolve("runs"), "");
        var directory = Files.createDirectory(node.resolve("hooks"));
        var file = Files.writeString(
                directory.resolve(NAME),
                "#!/bin/sh\necho \"$PLEXD_EXECUTION_ID\" >> " + runs + "\nsleep \"$PLEXD_PARAM_PAUSE\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new CountedHook(directory, runs, Sha256.of(file));
    }

    /** Lines of the agent's configuration. */
    String config() {
        return "actions: {hooks_dir: " + directory + "}\n";
    }

    String checksum() {
        return checksum;
    }

    /** How often each id was run. */
    Map<String, Long> runs() throws IOException {
        return Files.readAllLines(runs).stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** One sentence for each id that was run more than once. */
    List<String> repeated() throws IOException {
        var repeated = new ArrayList<String>();
        runs().forEach((id, times) -> {
            if (times > 1) {
                repeated.add("execution " + id + " was run " + times + " times");
            }
        });
        return repeated;
    }
}
