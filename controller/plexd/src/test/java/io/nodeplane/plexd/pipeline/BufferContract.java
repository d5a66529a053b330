package io.nodeplane.plexd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every buffer promises. */
abstract class BufferContract {
    static final int ALL = Integer.MAX_VALUE;

    final RecordedDrops drops = new RecordedDrops();

    /** An empty buffer for about so many bytes. */
    abstract RecordBuffer<String> buffer(int maxBytes) throws IOException;

    @Test
    void givesNothingWhenEmpty() throws IOException {
        try (var buffer = buffer(1 << 20)) {
            assertEquals(List.of(), buffer.peek(10, ALL).records());
            assertEquals(0, buffer.size());
        }
    }

    @Test
    void givesTheOldestFirstAndKeepsThemUntilAcknowledged() throws IOException {
        try (var buffer = buffer(1 << 20)) {
            buffer.append(List.of("a", "b"));
            buffer.append(List.of("c"));

            var batch = buffer.peek(2, ALL);
            var again = buffer.peek(2, ALL);
            buffer.acknowledge(again.first() + 1);

            assertEquals(List.of("a", "b"), batch.records());
            assertEquals(batch, again);
            assertEquals(List.of("b", "c"), buffer.peek(10, ALL).records());
            assertEquals(2, buffer.size());
        }
    }

    @Test
    void acknowledgingTwiceIsNoError() throws IOException {
        try (var buffer = buffer(1 << 20)) {
            buffer.append(List.of("a", "b"));
            var batch = buffer.peek(10, ALL);

            buffer.acknowledge(batch.first() + 1);
            buffer.acknowledge(batch.first() + 1);

            assertEquals(List.of("b"), buffer.peek(10, ALL).records());
        }
    }

    @Test
    void boundsABatchByBytesButGivesAtLeastOneRecord() throws IOException {
        try (var buffer = buffer(1 << 20)) {
            var kilobyte = "x".repeat(1000);
            buffer.append(List.of(kilobyte, kilobyte, kilobyte));

            assertEquals(2, buffer.peek(10, 2500).records().size());
            assertEquals(1, buffer.peek(10, 10).records().size());
        }
    }

    @Test
    void dropsTheOldestWhenFullAndCountsThem() throws IOException {
        try (var buffer = buffer(1 << 16)) {
            for (var i = 0; i < 1000; i++) {
                buffer.append(List.of(i + "x".repeat(200)));
            }

            var kept = drain(buffer);

            var lost = drops.dropped().getOrDefault(Drops.Reason.FULL, 0L);
            assertTrue(lost > 500 && lost < 1000, "dropped " + lost);
            assertEquals(1000, kept.size() + lost);
            assertEquals(lost + "x".repeat(200), kept.getFirst());
            assertEquals(999 + "x".repeat(200), kept.getLast());
        }
    }

    @Test
    void anAcknowledgementOfWhatWasDroppedMeanwhileTakesNothingElse() throws IOException {
        try (var buffer = buffer(1 << 16)) {
            buffer.append(List.of("first"));
            var batch = buffer.peek(1, ALL);
            for (var i = 0; i < 1000; i++) {
                buffer.append(List.of(i + "x".repeat(200)));
            }
            var waiting = buffer.size();

            buffer.acknowledge(batch.first() + 1);

            assertEquals(waiting, buffer.size());
        }
    }

    @Test
    void givesEveryRecordOnceInOrderThroughManyBatches() throws IOException {
        try (var buffer = buffer(1 << 20)) {
            var records = IntStream.range(0, 2000).mapToObj(i -> "record " + i).toList();
            buffer.append(records.subList(0, 700));
            buffer.append(records.subList(700, 2000));

            assertEquals(records, drain(buffer));
            assertEquals(Map.of(), drops.dropped());
        }
    }

    static List<String> drain(RecordBuffer<String> buffer) throws IOException {
        var records = new ArrayList<String>();
        for (var batch = buffer.peek(97, ALL); !batch.records().isEmpty(); batch = buffer.peek(97, ALL)) {
            records.addAll(batch.records());
            buffer.acknowledge(batch.first() + batch.records().size());
        }
        return records;
    }
}
