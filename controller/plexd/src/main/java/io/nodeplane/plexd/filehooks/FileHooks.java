package io.nodeplane.plexd.filehooks;

import io.nodeplane.plexd.actions.ActionFailed;
import io.nodeplane.plexd.actions.Hooks;
import io.nodeplane.plexd.actions.Streams;
import io.nodeplane.plexd.capabilities.Capabilities.Hook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hooks that are files of a directory (protocol facts 8.2). Thread-safe. */
public final class FileHooks implements Hooks {
    private static final Logger LOG = LoggerFactory.getLogger(FileHooks.class);

    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");

    /** Hears of a hook whose bytes are not those that were asked for. */
    @FunctionalInterface
    public interface Mismatches {
        /** Told before the caller is; must return at once. */
        void differs(Path hook, String expected, String actual);
    }

    /**
     * What hooks are run with.
     *
     * @param runDirectory for private copies, on a file system that lets programs run
     * @param proc usually {@code /proc}
     * @param variables of the agent
     */
    public record Surroundings(
            Path runDirectory, Path proc, Map<String, String> variables, String nodeId, RandomGenerator random) {}

    private final HookDirectory directory;
    private final Surroundings surroundings;
    private final Mismatches mismatches;
    private final ProcessTree tree;
    private final HookProcess processes;
    private Runnable onChange = () -> {};
    private volatile HookListing listing = HookListing.EMPTY;

    /** Knows no hook until {@link #reload}. Copies that a killed process left are removed. */
    public FileHooks(HookDirectory directory, Surroundings surroundings, Mismatches mismatches) {
        this.directory = directory;
        this.surroundings = surroundings;
        this.mismatches = mismatches;
        this.tree = new ProcessTree(surroundings.proc());
        this.processes = new HookProcess(tree);
        try {
            HookCopy.clean(surroundings.runDirectory());
        } catch (IOException stays) {
            LOG.atWarn().addKeyValue("reason", stays.toString()).log("old copies of hooks cannot be removed");
        }
    }

    /** From now on told after each reload that found another list. */
    public synchronized void onChange(Runnable told) {
        onChange = told;
    }

    @Override
    public List<Hook> list() {
        return listing.hooks();
    }

    @Override
    public synchronized List<Hook> reload() {
        var fresh = directory.list();
        var before = listing;
        listing = fresh;
        if (!fresh.faults().equals(before.faults())) {
            fresh.faults()
                    .forEach(fault -> LOG.atWarn().addKeyValue("reason", fault).log("no hook"));
        }
        if (!fresh.hooks().equals(before.hooks())) {
            LOG.atInfo()
                    .addKeyValue("hooks", fresh.hooks().stream().map(Hook::name).toList())
                    .log("hooks found");
            onChange.run();
        }
        return fresh.hooks();
    }

    @Override
    public int run(Call call, Streams streams) throws ActionFailed, InterruptedException {
        var name = call.hook();
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.contains("..")) {
            throw new ActionFailed("hook name \"" + name + "\": expected a plain file name");
        }
        var expected = call.checksum()
                .orElseThrow(() -> new ActionFailed("hook " + name + ": the request has no checksum, not run"));
        if (!CHECKSUM.matcher(expected).matches()) {
            throw new ActionFailed(
                    "hook " + name + ": the checksum asked for is no SHA-256 in lower-case hex, not run");
        }
        var declared = list().stream()
                .filter(hook -> hook.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ActionFailed("hook " + name + " is gone, not run"));
        var environment = HookEnvironment.of(
                surroundings.variables(),
                surroundings.nodeId(),
                call.executionId(),
                declared.parameters(),
                call.parameters());
        try (var copy =
                HookCopy.of(directory.path().resolve(name), surroundings.runDirectory(), surroundings.random())) {
            check(copy, name, expected);
            return processes.run(copy.file(), environment, streams);
        } catch (IOException failed) {
            throw new ActionFailed("hook " + name + " cannot be run: " + failed.getMessage());
        }
    }

    private void check(HookCopy copy, String name, String expected) throws ActionFailed {
        if (!copy.checksum().equals(expected)) {
            mismatches.differs(directory.path().resolve(name), expected, copy.checksum());
            throw new ActionFailed(
                    "hook " + name + ": checksum is " + copy.checksum() + ", expected " + expected + "; not run");
        }
    }

    @Override
    public void stop(String executionId) {
        tree.killMarked(executionId);
    }
}
