package io.nodeplane.plexd.nodestate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that a schema would have refused. */
class NodeStateObjectTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null spec            | {\"spec\":null,\"status\":{\"report\":[{\"key\":\"a\"}]}}",
                "null labels          | {\"metadata\":{\"labels\":{\"x\":null}},\"status\":{\"report\":[{\"key\":\"a\"}]}}",
                "null data entry      | {\"spec\":{\"data\":[null]},\"status\":{\"report\":[{\"key\":\"a\"}]}}",
                "null in metadata     | {\"spec\":{\"metadata\":{\"x\":null}},\"status\":{\"report\":[{\"key\":\"a\"}]}}",
                "null report          | {\"status\":{\"report\":[null,{\"key\":\"a\"}]}}",
                "report without key   | {\"status\":{\"report\":[{\"payload\":1},{\"key\":\"\"},{\"key\":\"a\"}]}}",
                "two reports of a key | {\"status\":{\"report\":[{\"key\":\"a\",\"payload\":1},{\"key\":\"a\"}]}}"
            })
    void readsTheGoodReportOfABrokenObject(String what, String json) {
        var reports = NodeStateTrial.reports(NodeStateTrial.read(json.replaceFirst(
                "\\{", "{\"kind\":\"PlexdNodeState\",\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\",")));

        assertEquals(List.of(new ReportEntry("a", "application/json", "null", 0, Optional.empty())), reports);
    }

    @ParameterizedTest(name = "{0} levels: {1} reports")
    @CsvSource({"128,2", "129,1", "900,1"})
    void leavesOutWhatIsTooDeepForTheStack(int levels, int reports) {
        var deep = "[".repeat(levels) + "]".repeat(levels);
        var json =
                "{\"kind\":\"PlexdNodeState\",\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\",\"status\":{\"report\":[{\"key\":\"a\",\"payload\":"
                        + deep + "},{\"key\":\"b\"}]}}";

        assertEquals(reports, NodeStateTrial.reports(NodeStateTrial.read(json)).size());
    }

    @Test
    void keepsOneEntryOfEachKey() {
        var content = new NodeStateContent(Map.of(), List.of(entry("b", "1"), entry("a", "1"), entry("b", "2")));

        assertEquals(List.of(entry("a", "1"), entry("b", "2")), content.data());
    }

    private static DataEntry entry(String key, String payload) {
        return new DataEntry(key, "application/json", payload, 1, Instant.EPOCH);
    }
}
