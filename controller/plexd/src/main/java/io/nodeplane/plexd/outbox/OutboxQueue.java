package io.nodeplane.plexd.outbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items that wait, oldest first. On disk each; in memory only while the disk refuses, which is told once. Thread-safe.
 */
final class OutboxQueue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxQueue.class);

    /** Items without a file: few, because each may be megabytes and the heap is 48. */
    private static final int MAX_IN_MEMORY = 4;

    /** One item that waits. */
    sealed interface Entry<T> {
        /** Since when. */
        Instant since();

        /** In a file. */
        record OnDisk<T>(OutboxFiles.Stored stored) implements Entry<T> {
            @Override
            public Instant since() {
                return stored.writtenAt();
            }
        }

        /**
         * In memory.
         *
         * @param stored to be told when the other side has spoken on the item: until then a restart forgets it, and nobody may take it for kept
         */
        record InMemory<T>(T item, String key, Instant since, Runnable stored) implements Entry<T> {}
    }

    private final String name;
    private final OutboxFiles files;
    private final OutboxLimits limits;
    private final ItemJson<T> json;
    private final Outbox.Tools tools;
    private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
    private long nextSequence;
    private boolean diskRefuses;
    private boolean woken;

    OutboxQueue(String name, OutboxFiles files, OutboxLimits limits, ItemJson<T> json, Outbox.Tools tools) {
        this.name = name;
        this.files = files;
        this.limits = limits;
        this.json = json;
        this.tools = tools;
    }

    /** Takes up the files of an earlier process, before those that were put since. */
    synchronized void load() {
        try {
            for (var stored : files.list()) {
                entries.addLast(new Entry.OnDisk<>(stored));
                nextSequence = Math.max(nextSequence, stored.sequence() + 1);
            }
        } catch (IOException unreadable) {
            LOG.atError()
                    .addKeyValue("outbox", name)
                    .addKeyValue("reason", unreadable.toString())
                    .log("stored items cannot be listed, they wait for the next start");
        }
        told();
    }

    /** The item behind an entry. */
    T load(Entry<T> entry) throws IOException {
        return switch (entry) {
            case Entry.OnDisk<T> disk -> json.read(files.read(disk.stored()));
            case Entry.InMemory<T> memory -> memory.item();
        };
    }

    void put(T item, Runnable stored) {
        var entry = store(item, stored);
        if (entry instanceof Entry.OnDisk<T>) {
            stored.run();
        }
        synchronized (this) {
            entries.addLast(entry);
            trim();
            told();
        }
    }

    private synchronized Entry<T> store(T item, Runnable stored) {
        var now = tools.clock().instant();
        try {
            var entry = new Entry.OnDisk<T>(files.write(nextSequence++, json.key(item), json.write(item), now));
            diskRefuses = false;
            return entry;
        } catch (IOException refused) {
            if (!diskRefuses) {
                LOG.atWarn()
                        .addKeyValue("outbox", name)
                        .addKeyValue("reason", refused.toString())
                        .log("items cannot be stored, a restart loses them");
            }
            diskRefuses = true;
            return new Entry.InMemory<>(item, json.key(item), now, stored);
        }
    }

    private void trim() {
        while (entries.size() > limits.items() || bytes() > limits.bytes() || inMemory() > MAX_IN_MEMORY) {
            var isMemoryFull = inMemory() > MAX_IN_MEMORY;
            var oldest = entries.stream()
                    .filter(entry -> !isMemoryFull || entry instanceof Entry.InMemory<T>)
                    .findFirst()
                    .orElseThrow();
            LOG.atWarn().addKeyValue("outbox", name).log("outbox is full, its oldest item is dropped");
            drop(oldest);
        }
    }

    /** One in memory is not told to be stored: nobody has it, and its owner is to know that after a restart. */
    private void drop(Entry<T> entry) {
        entries.remove(entry);
        if (entry instanceof Entry.OnDisk<T> disk) {
            delete(disk.stored());
        }
        tools.metrics().count(name, "dropped");
    }

    private long bytes() {
        return entries.stream()
                .mapToLong(entry ->
                        entry instanceof Entry.OnDisk<T> disk ? disk.stored().bytes() : 0)
                .sum();
    }

    private long inMemory() {
        return entries.stream().filter(Entry.InMemory.class::isInstance).count();
    }

    synchronized Optional<Entry<T>> first() {
        return Optional.ofNullable(entries.peekFirst());
    }

    synchronized void postpone(Entry<T> entry) {
        if (entries.remove(entry)) {
            entries.addLast(entry);
        }
    }

    /** The entry does not wait any more. */
    synchronized void done(Entry<T> entry, String result) {
        if (!entries.remove(entry)) {
            return;
        }
        switch (entry) {
            case Entry.OnDisk<T> disk -> delete(disk.stored());
            case Entry.InMemory<T> memory -> memory.stored().run();
        }
        tools.metrics().count(name, result);
        told();
    }

    private void delete(OutboxFiles.Stored stored) {
        try {
            files.delete(stored);
        } catch (IOException refused) {
            LOG.atWarn()
                    .addKeyValue("file", stored.path())
                    .addKeyValue("reason", refused.toString())
                    .log("file of a finished item cannot be deleted, it is sent again after a restart");
        }
    }

    synchronized boolean holds(String key) {
        return entries.stream().anyMatch(entry -> switch (entry) {
            case Entry.OnDisk<T> disk -> disk.stored().isAbout(key);
            case Entry.InMemory<T> memory -> memory.key().equals(key);
        });
    }

    synchronized void awaitItem() throws InterruptedException {
        while (entries.isEmpty() && !woken) {
            wait();
        }
        woken = false;
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    synchronized boolean awaitEmpty(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!entries.isEmpty()) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    private void told() {
        tools.metrics().waiting(name, entries.size());
        notifyAll();
    }
}
