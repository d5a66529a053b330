package io.nodeplane.plexd.nodestate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nodeplane.plexd.nodesecrets.RecordedSecret;
import io.nodeplane.plexd.nodestate.NodeStateObserved.SecretRecord;
import io.nodeplane.plexd.nodestate.NodeStatePlan.LastWrite;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When the object of a node is written (seed "CRDController"). */
class NodeStatePlanTest {
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "plexd");
    private static final Map<String, String> ANNOTATIONS = Map.of("plexd.plexsphere.com/node-name", "worker-1");
    private static final NodeStateContent CONTENT = content("{\"a\":1.0}", 1);
    private static final NodeStateDesired DESIRED = desired("10.99.0.1", Optional.of(CONTENT));
    private static final NodeStateObserved SAME = observed("10.99.0.1", CONTENT);

    static Stream<Arguments> rows() {
        return Stream.of(
                row("absent object is created", DESIRED, Optional.empty(), Optional.of(DESIRED)),
                row(
                        "absent object is created before the first pull, without content",
                        desired("10.99.0.1", Optional.empty()),
                        Optional.empty(),
                        Optional.of(desired("10.99.0.1", Optional.of(NodeStateContent.EMPTY)))),
                row("equal object is left alone", DESIRED, Optional.of(SAME), Optional.empty()),
                row(
                        "equal payload in another spelling is left alone",
                        DESIRED,
                        Optional.of(observed("10.99.0.1", content("{ \"a\" : 1 }", 1))),
                        Optional.empty()),
                row(
                        "other version is written",
                        DESIRED,
                        Optional.of(observed("10.99.0.1", content("{\"a\":1}", 2))),
                        Optional.of(DESIRED)),
                row(
                        "other mesh ip is written",
                        DESIRED,
                        Optional.of(observed("10.0.0.9", CONTENT)),
                        Optional.of(DESIRED)),
                row(
                        "restart keeps the content until the first pull",
                        desired("10.99.0.1", Optional.empty()),
                        Optional.of(SAME),
                        Optional.empty()),
                row(
                        "other mesh ip before the first pull keeps the content",
                        desired("10.99.0.1", Optional.empty()),
                        Optional.of(observed("10.0.0.9", CONTENT)),
                        Optional.of(DESIRED)),
                row(
                        "label taken away by somebody comes back",
                        DESIRED,
                        Optional.of(observed(Map.of(), ANNOTATIONS)),
                        Optional.of(DESIRED)),
                row(
                        "annotation taken away by somebody comes back",
                        DESIRED,
                        Optional.of(observed(LABELS, Map.of())),
                        Optional.of(DESIRED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void writesOnlyWhatDiffers(
            String description,
            NodeStateDesired desired,
            Optional<NodeStateObserved> observed,
            Optional<NodeStateDesired> expected) {
        assertEquals(
                expected,
                NodeStatePlan.between(desired, observed, Optional.empty()).apply(),
                description);
    }

    @Test
    void doesNotWriteAgainWhatTheServerSpellsOtherwise() {
        var echo = observed("10.99.0.1", content("\"server's own spelling\"", 1));

        var plan = NodeStatePlan.between(DESIRED, Optional.of(echo), Optional.of(new LastWrite(DESIRED, echo)));

        assertEquals(Optional.empty(), plan.apply());
    }

    @Test
    void writesWhenSomebodyChangedTheEcho() {
        var echo = observed("10.99.0.1", content("\"server's own spelling\"", 1));

        var plan = NodeStatePlan.between(
                DESIRED,
                Optional.of(observed("10.99.0.1", content("2", 1))),
                Optional.of(new LastWrite(DESIRED, echo)));

        assertEquals(Optional.of(DESIRED), plan.apply());
    }

    @Test
    void reportsAreNeverAReasonToWrite() {
        var report = new ReportEntry("r", "application/json", "1", 1, Optional.empty());
        var reported = new NodeStateObserved(
                "n-1", Optional.of("10.99.0.1"), LABELS, ANNOTATIONS, CONTENT, SecretRecord.NONE, List.of(report));

        assertEquals(
                Optional.empty(),
                NodeStatePlan.between(DESIRED, Optional.of(reported), Optional.empty())
                        .apply());
    }

    @Test
    void theRecordOfSecretsIsNeverAReasonToWrite() {
        var entry = new RecordedSecret("db", "plexd-secret-n-1-db", OptionalLong.of(1));
        var recorded = new NodeStateObserved(
                "n-1",
                Optional.of("10.99.0.1"),
                LABELS,
                ANNOTATIONS,
                CONTENT,
                new SecretRecord("uid", "17", List.of(entry)),
                List.of());

        assertEquals(
                Optional.empty(),
                NodeStatePlan.between(DESIRED, Optional.of(recorded), Optional.empty())
                        .apply());
    }

    @Test
    void labelsOfOthersAreLeftAlone() {
        var labels = new HashMap<>(LABELS);
        labels.put("team", "blue");
        var labelled = observed(labels, ANNOTATIONS);

        assertEquals(
                Optional.empty(),
                NodeStatePlan.between(DESIRED, Optional.of(labelled), Optional.empty())
                        .apply());
    }

    private static Arguments row(
            String description,
            NodeStateDesired desired,
            Optional<NodeStateObserved> observed,
            Optional<NodeStateDesired> expected) {
        return Arguments.of(description, desired, observed, expected);
    }

    private static NodeStateDesired desired(String meshIp, Optional<NodeStateContent> content) {
        return new NodeStateDesired("node-n-1", "n-1", Optional.of(meshIp), LABELS, ANNOTATIONS, content);
    }

    private static NodeStateObserved observed(String meshIp, NodeStateContent content) {
        return new NodeStateObserved(
                "n-1", Optional.of(meshIp), LABELS, ANNOTATIONS, content, SecretRecord.NONE, List.of());
    }

    private static NodeStateObserved observed(Map<String, String> labels, Map<String, String> annotations) {
        return new NodeStateObserved(
                "n-1", Optional.of("10.99.0.1"), labels, annotations, CONTENT, SecretRecord.NONE, List.of());
    }

    private static NodeStateContent content(String payload, long version) {
        var entry = new DataEntry(
                "app/config", "application/json", payload, version, Instant.parse("2025-01-01T00:00:00Z"));
        return new NodeStateContent(Map.of("region", "r-1"), List.of(entry));
    }
}
