package io.nodeplane.plexd.filehooks;

import io.nodeplane.runtime.lifecycle.Worker;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, by inotify, when something in a directory changes; a directory that is not there is looked for once a minute, because it costs
 * a thread and a descriptor to watch what most nodes do not have. Belongs to one thread.
 */
public final class HookWatch implements Worker.Body {
    private static final Logger LOG = LoggerFactory.getLogger(HookWatch.class);
    private static final Duration ABSENT_PAUSE = Duration.ofMinutes(1);

    /** Changes that follow each other closely are one: a file is made, written, made executable. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private final Path directory;
    private final Runnable onChange;
    private final Duration absentPause;

    /** Watches nothing yet. */
    public HookWatch(Path directory, Runnable onChange) {
        this(directory, onChange, ABSENT_PAUSE);
    }

    HookWatch(Path directory, Runnable onChange, Duration absentPause) {
        this.directory = directory;
        this.onChange = onChange;
        this.absentPause = absentPause;
    }

    @Override
    public void run() throws InterruptedException {
        while (true) {
            if (Files.isDirectory(directory)) {
                watch();
            }
            Thread.sleep(absentPause);
        }
    }

    /** Until the directory is gone. */
    private void watch() throws InterruptedException {
        try (var service = directory.getFileSystem().newWatchService()) {
            directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            // What changed before the registration was not told.
            onChange.run();
            while (awaitQuietAfterChange(service)) {
                onChange.run();
            }
            onChange.run();
        } catch (IOException | ClosedWatchServiceException refused) {
            LOG.atWarn()
                    .addKeyValue("path", directory)
                    .addKeyValue("reason", refused.toString())
                    .log("hook directory cannot be watched, will retry");
        }
    }

    /** Whether the directory is still there. */
    private static boolean awaitQuietAfterChange(WatchService service) throws InterruptedException {
        var key = service.take();
        while (key != null) {
            key.pollEvents().clear();
            if (!key.reset()) {
                return false;
            }
            key = service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }
}
