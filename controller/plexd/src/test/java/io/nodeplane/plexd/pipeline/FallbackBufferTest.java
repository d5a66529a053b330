package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FallbackBufferTest extends BufferContract {
    private final Disk disk = new Disk();

    /** A disk that can refuse. */
    private final class Disk implements RecordBuffer<String> {
        private final RecordBuffer<String> records = new InMemoryBuffer<>(10_000, 1 << 16, String::length, drops);
        private boolean full;

        @Override
        public void append(List<String> added) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            records.append(added);
        }

        @Override
        public Batch<String> peek(int maxRecords, long maxBytes) throws IOException {
            return records.peek(maxRecords, maxBytes);
        }

        @Override
        public void acknowledge(long next) throws IOException {
            records.acknowledge(next);
        }

        @Override
        public long size() {
            return records.size();
        }

        @Override
        public void close() {
            records.close();
        }
    }

    @Override
    RecordBuffer<String> buffer(int maxBytes) {
        return new FallbackBuffer<>("audit", () -> disk, new InMemoryBuffer<>(10_000, maxBytes, String::length, drops));
    }

    @Test
    void goesOnInMemoryWhileTheDiskIsFullAndKeepsTheOrder() throws IOException {
        try (var buffer = buffer(1 << 16)) {
            buffer.append(List.of("a"));
            disk.full = true;
            buffer.append(List.of("b", "c"));
            disk.full = false;
            buffer.append(List.of("d"));

            assertEquals(4, buffer.size());
            assertEquals(List.of("a", "b", "c", "d"), drain(buffer));
        }
    }

    @Test
    void keepsTheOrderOfWhatWasAcknowledgedInParts() throws IOException {
        try (var buffer = buffer(1 << 16)) {
            buffer.append(List.of("a", "b"));
            disk.full = true;
            buffer.append(List.of("c"));
            disk.full = false;
            buffer.append(List.of("d"));
            buffer.acknowledge(buffer.peek(1, ALL).first() + 1);

            assertEquals(List.of("b", "c", "d"), drain(buffer));
        }
    }

    @Test
    void putsWhatIsInMemoryOnDiskBeforeAnythingNewer() throws IOException {
        try (var buffer = buffer(1 << 16)) {
            disk.full = true;
            buffer.append(List.of("a"));
            assertFalse(buffer.isKept());
            disk.full = false;
            buffer.append(List.of("b"));

            assertTrue(buffer.isKept());
            assertEquals(List.of("a", "b"), disk.peek(10, ALL).records());
        }
    }

    @Test
    void deliversOnceMoreWhatWentToTheDiskWhileItWasUnderWay() throws IOException {
        try (var buffer = buffer(1 << 16)) {
            disk.full = true;
            buffer.append(List.of("a"));
            var underWay = buffer.peek(10, ALL);
            disk.full = false;
            buffer.append(List.of("b"));
            buffer.acknowledge(underWay.first() + 1);

            assertEquals(List.of("a", "b"), drain(buffer));
        }
    }

    @Test
    void opensTheDiskAsSoonAsItCan() throws IOException {
        var readOnly = new boolean[] {true};
        FallbackBuffer.Opener<String> opener = () -> {
            if (readOnly[0]) {
                throw new IOException("Read-only file system");
            }
            return disk;
        };
        try (var buffer =
                new FallbackBuffer<>("audit", opener, new InMemoryBuffer<>(10, 1000, String::length, drops))) {
            buffer.append(List.of("a"));
            readOnly[0] = false;
            buffer.append(List.of("b"));

            assertEquals(2, disk.size());
            assertEquals(List.of("a", "b"), drain(buffer));
        }
    }
}
