package io.nodeplane.mockapi.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nodeplane.mockapi.capture.Received;
import io.nodeplane.mockapi.wire.Json;
import java.util.List;
import java.util.Set;

/** The points of the charts, by node and metric: of the seed contract's records and of the platform's samples. */
final class Series {
    /** What the charts are drawn from. SOURCE: facts 5.3. */
    private static final Set<String> NAMES = Set.of(
            "cpu_usage_percent",
            "memory_used_bytes",
            "memory_total_bytes",
            "load_avg_1",
            "network_rx_bytes",
            "network_tx_bytes");

    private static final Set<String> GROUPS = Set.of("system", "node_resources");

    private Series() {}

    /** {@code {node: {metric: [[milliseconds, value], …]}}}, in the order received. */
    static ObjectNode of(List<Received> records) {
        var tree = Json.object();
        for (var received : records) {
            var record = Bodies.json(received);
            if (!GROUPS.contains(record.path("group").asText())) {
                continue;
            }
            var node = tree.withObjectProperty(Excerpt.of(received.nodeId(), 120));
            long time = Bodies.time(received, record);
            if (record.has("data")) {
                record.path("data").properties().forEach(one -> add(node, one.getKey(), time, one.getValue()));
            } else {
                add(node, record.path("name").asText(), time, record.path("value"));
            }
        }
        return tree;
    }

    /** A value beyond a double would be written as the word Infinity, which is no JSON. */
    private static void add(ObjectNode node, String name, long time, JsonNode value) {
        if (NAMES.contains(name) && value.isNumber() && Double.isFinite(value.doubleValue())) {
            ArrayNode points = node.withArrayProperty(name);
            points.addArray().add(time).add(value.doubleValue());
        }
    }
}
