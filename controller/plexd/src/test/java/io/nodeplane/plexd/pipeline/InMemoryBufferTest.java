package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryBufferTest extends BufferContract {
    @Override
    RecordBuffer<String> buffer(int maxBytes) {
        return new InMemoryBuffer<>(10_000, maxBytes, String::length, drops);
    }

    @Test
    void boundsTheNumberOfRecords() {
        try (var buffer = new InMemoryBuffer<>(2, 1 << 20, String::length, drops)) {
            buffer.append(List.of("a", "b", "c"));

            assertEquals(List.of("b", "c"), buffer.peek(10, ALL).records());
            assertEquals(Map.of(Drops.Reason.FULL, 1L), drops.dropped());
        }
    }
}
