package io.nodeplane.plexd.filehooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kills everything that an execution started: the descendants, and also what has lost its parents and is no descendant any more. Those
 * are known by the execution id in their environment, which a child inherits. Thread-safe.
 *
 * @param proc usually {@code /proc}
 */
record ProcessTree(Path proc) {
    /** A process that forks while it is looked for is found in the next round. */
    private static final int MAX_ROUNDS = 20;

    private static final Duration ROUND_PAUSE = Duration.ofMillis(10);

    /** Kills the process and all that came of it. */
    void kill(ProcessHandle root, String executionId) {
        var descendants = root.descendants().toList();
        root.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        killMarked(executionId);
    }

    /** Kills what has the execution id in its environment, until nothing has. An interrupt does not keep it from that. */
    void killMarked(String executionId) {
        var interrupted = false;
        var marked = marked(executionId);
        for (var round = 0; round < MAX_ROUNDS && !marked.isEmpty(); round++) {
            marked.forEach(ProcessHandle::destroyForcibly);
            try {
                Thread.sleep(ROUND_PAUSE);
            } catch (InterruptedException later) {
                interrupted = true;
            }
            marked = marked(executionId);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Handles are taken before the environment is read, so that a process id that is used again is not killed. */
    List<ProcessHandle> marked(String executionId) {
        var marker = HookEnvironment.EXECUTION_ID + "=" + executionId;
        var own = ProcessHandle.current().pid();
        var found = new ArrayList<ProcessHandle>();
        for (var pid : pids()) {
            var handle = pid == own ? Optional.<ProcessHandle>empty() : ProcessHandle.of(pid);
            if (handle.isPresent() && hasVariable(pid, marker)) {
                found.add(handle.get());
            }
        }
        return found;
    }

    private boolean hasVariable(long pid, String variable) {
        try {
            var environment =
                    Files.readString(proc.resolve(String.valueOf(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
            var wanted = new String(variable.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0", -1)).anyMatch(wanted::equals);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private List<Long> pids() {
        try (var entries = Files.list(proc)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.chars().allMatch(c -> c >= '0' && c <= '9'))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException noProc) {
            return List.of();
        }
    }
}
