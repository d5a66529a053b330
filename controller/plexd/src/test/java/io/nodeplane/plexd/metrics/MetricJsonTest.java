package io.nodeplane.plexd.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricJsonTest {
    private final MetricJson json = new MetricJson();

    @Test
    void writesTheWireFormOfTheFacts() {
        var data = new LinkedHashMap<String, Number>();
        data.put("cpu_usage_percent", 12.5);
        data.put("memory_used_bytes", 4096L);
        var metric = new MetricRecord(Instant.parse("2026-02-20T12:00:00.120Z"), "system", data);

        var text = new String(json.array(List.of(metric, metric)), UTF_8);

        var one = "{\"timestamp\":\"2026-02-20T12:00:00.120Z\",\"group\":\"system\","
                + "\"data\":{\"cpu_usage_percent\":12.5,\"memory_used_bytes\":4096}}";
        assertEquals("[" + one + "," + one + "]", text);
    }

    @Test
    void leavesOutNumbersThatJsonDoesNotHave() {
        var metric = new MetricRecord(Instant.EPOCH, "system", Map.of("cpu_usage_percent", Double.NaN));

        var text = new String(json.object(metric), UTF_8);

        assertEquals("{\"timestamp\":\"1970-01-01T00:00:00Z\",\"group\":\"system\",\"data\":{}}", text);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        var data = new LinkedHashMap<String, Number>();
        data.put("gc_num_gc", 7L << 40);
        data.put("cpu_usage_percent", 0.25);
        var metric = new MetricRecord(Instant.parse("2026-02-20T12:00:00.123456789Z"), "agent", data);

        assertEquals(metric, json.parse(json.object(metric)));
    }

    @Test
    void namesTheMissingMember() {
        var failed = assertThrows(
                IOException.class, () -> json.parse("{\"timestamp\":\"2026-02-20T12:00:00Z\"}".getBytes(UTF_8)));

        assertEquals("record has no member group", failed.getMessage());
    }
}
