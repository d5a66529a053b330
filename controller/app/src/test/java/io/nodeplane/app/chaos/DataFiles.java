package io.nodeplane.app.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a data directory, looked at while no agent runs. */
record DataFiles(Path directory) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Staged names are reused or cleared by the next agent, so only a few can be left by the last one. */
    private static final int MOST_STAGED = 4;

    /** One sentence for each JSON file that is not whole; a file that is being written has another name. */
    List<String> broken() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : files()) {
            if (name(file).endsWith(".json") && !name(file).startsWith(".")) {
                try {
                    JSON.readTree(Files.readString(file));
                } catch (JsonProcessingException half) {
                    broken.add(file + " is half written: " + half.getOriginalMessage());
                }
            }
        }
        return broken;
    }

    /** Files that were set aside as damaged, or staged and never cleared. */
    List<String> left() throws IOException {
        var left = new ArrayList<String>();
        var staged = new ArrayList<Path>();
        for (var file : files()) {
            if (name(file).startsWith(".tmp-")) {
                staged.add(file);
            }
            if (name(file).contains(".corrupt") || name(file).contains(".rejected")) {
                left.add(file + " was set aside");
            }
        }
        if (staged.size() > MOST_STAGED) {
            left.add("staged files are left over: " + staged);
        }
        return left;
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
