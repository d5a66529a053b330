package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.plexsphere.plexd.v1alpha1.PlexdNodeState;
import io.nodeplane.plexd.http.ApiClient;
import io.nodeplane.plexd.identity.NodeId;
import io.nodeplane.plexd.identity.NodeSecretKey;
import io.nodeplane.plexd.nodestate.NodeStateTrial;
import io.nodeplane.plexd.report.ReportEntry;
import io.nodeplane.plexd.seed.SeedContract;
import io.nodeplane.plexd.state.NodeState.DataEntry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A PlexdNodeState as a server sends it that does not hold to the schema. The outcome tells the reports that go to the
 * control plane, or that the object cannot be read.
 */
final class ObjectGroup {
    private static final String GOOD = "{\"key\":\"good\",\"payload\":1}";

    private final List<Row> rows = new ArrayList<>();

    private ObjectGroup() {}

    static Group group() {
        var group = new ObjectGroup();
        group.objects();
        group.reports();
        group.payloads();
        return new Group("object", ObjectGroup::outcome, group.rows);
    }

    private static String outcome(InputStream input) throws IOException, InterruptedException {
        PlexdNodeState object;
        var json = new String(input.readAllBytes(), UTF_8);
        try {
            object = NodeStateTrial.read(json);
        } catch (RuntimeException unreadable) {
            // The client tells its informer the same way, which lists again.
            return "unreadable";
        }
        var reports = NodeStateTrial.reports(object);
        // As the outbox sends them.
        ApiClient sink = request -> Material.reply(new byte[0]);
        new SeedContract(
                        sink,
                        (segments, id, credential) -> InputStream.nullInputStream(),
                        new NodeId("n"),
                        new NodeSecretKey("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"))
                .send(reports.stream().map(ObjectGroup::entry).toList(), List.of());
        return reports.size() + ": "
                + reports.stream()
                        .map(report -> report.key() + "=" + shortened(report.payloadJson()))
                        .collect(Collectors.joining(" "));
    }

    private static DataEntry entry(ReportEntry report) {
        return new DataEntry(
                report.key(),
                report.contentType(),
                report.payloadJson(),
                report.version(),
                report.updatedAt().orElse(Instant.EPOCH));
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.length() + " characters" : text;
    }

    private void object(String name, String json, String expected) {
        rows.add(Row.of(name, json, expected));
    }

    private void status(String name, String status, String expected) {
        object(name, withStatus(status), expected);
    }

    private void report(String name, String report, String expected) {
        status(name, "{\"report\":[" + report + "," + GOOD + "]}", expected);
    }

    private static String withStatus(String status) {
        return "{\"apiVersion\":\"plexd.plexsphere.com/v1alpha1\",\"kind\":\"PlexdNodeState\","
                + "\"metadata\":{\"name\":\"node-n\"},\"spec\":{\"nodeId\":\"n\"},\"status\":" + status + "}";
    }

    private void objects() {
        var good = withStatus("{\"report\":[" + GOOD + "]}");
        object("as it should be", good, "1: good=1");
        object("no JSON", "<html>", "unreadable");
        object("cut in the middle", good.substring(0, 60), "unreadable");
        object("without spec", good.replace("\"spec\"", "\"spek\""), "1: good=1");
        object("with a null spec", good.replace("{\"nodeId\":\"n\"}", "null"), "1: good=1");
        object("with a text as spec", good.replace("{\"nodeId\":\"n\"}", "\"n\""), "unreadable");
        object("without node id", good.replace("\"nodeId\"", "\"nodeIt\""), "1: good=1");
        object("without metadata", good.replace("\"metadata\"", "\"metadatum\""), "1: good=1");
        object("with null labels", good.replace("\"name\":\"node-n\"", "\"labels\":{\"a\":null}"), "1: good=1");
        object("with unknown members everywhere", good.replace("{\"", "{\"x\":[{\"y\":1}],\""), "1: good=1");
        object("with a null data entry", good.replace("\"nodeId\"", "\"data\":[null],\"nodeId\""), "1: good=1");
        object(
                "with a data entry without key",
                good.replace("\"nodeId\"", "\"data\":[{\"payload\":1}],\"nodeId\""),
                "1: good=1");
        object(
                "with two data entries of one key",
                good.replace("\"nodeId\"", "\"data\":[{\"key\":\"a\"},{\"key\":\"a\"}],\"nodeId\""),
                "1: good=1");
        object(
                "with data of 1e999",
                good.replace("\"nodeId\"", "\"data\":[{\"key\":\"a\",\"payload\":1e999}],\"nodeId\""),
                "1: good=1");
        object(
                "with a null in spec.metadata",
                good.replace("\"nodeId\"", "\"metadata\":{\"a\":null},\"nodeId\""),
                "1: good=1");
        object("10,000 deep", good.replace("\"payload\":1", "\"payload\":" + Material.deep(10_000)), "unreadable");
        object("with another kind", good.replace("PlexdNodeState", "Secret"), "1: good=1");
    }

    private void reports() {
        status("status null", "null", "0:");
        status("status a text", "\"x\"", "unreadable");
        status("report null", "{\"report\":null}", "0:");
        status("report an object", "{\"report\":{\"key\":\"a\"}}", "unreadable");
        report("a null report", "null", "1: good=1");
        report("a report without key", "{\"payload\":1}", "1: good=1");
        report("a report with an empty key", "{\"key\":\"\"}", "1: good=1");
        report("a report with a null key", "{\"key\":null}", "1: good=1");
        report("a number as key", "{\"key\":7}", "2: 7=null good=1");
        report("a list as key", "{\"key\":[]}", "unreadable");
        report(
                "two reports of one key",
                "{\"key\":\"a\",\"payload\":1},{\"key\":\"a\",\"payload\":2}",
                "2: a=2 good=1");
        report("words as version", "{\"key\":\"a\",\"version\":\"many\"}", "unreadable");
        report("a version beyond 64 bits", "{\"key\":\"a\",\"version\":99999999999999999999}", "unreadable");
        report("words as time", "{\"key\":\"a\",\"updatedAt\":\"soon\"}", "unreadable");
        report(
                "the year 999999999",
                "{\"key\":\"a\",\"updatedAt\":\"+999999999-12-31T23:59:59Z\"}",
                "2: a=null good=1");
        report("a list as content type", "{\"key\":\"a\",\"contentType\":[]}", "unreadable");
        report("half a surrogate pair as key", "{\"key\":\"\\ud800\"}", "2: \ufffd=null good=1");
        report(
                "half a surrogate pair as content type",
                "{\"key\":\"a\",\"contentType\":\"\\udfff\"}",
                "2: a=null good=1");
    }

    private void payloads() {
        report("1e999", "{\"key\":\"a\",\"payload\":1e999}", "2: a=1.7976931348623157E308 good=1");
        report("minus 1e999", "{\"key\":\"a\",\"payload\":-1e999}", "2: a=-1.7976931348623157E308 good=1");
        report(
                "a number of 900 digits",
                "{\"key\":\"a\",\"payload\":" + "9".repeat(900) + "}",
                "2: a=1.7976931348623157E308 good=1");
        report("half a surrogate pair", "{\"key\":\"a\",\"payload\":\"\\ud800\"}", "2: a=\"\ufffd\" good=1");
        report(
                "half a surrogate pair as a name",
                "{\"key\":\"a\",\"payload\":{\"\\ud800\":\"\\udfff\"}}",
                "unreadable");
        report("NULs", "{\"key\":\"a\",\"payload\":\"\\u0000\"}", "2: a=\"\\u0000\" good=1");
        report("120 deep", "{\"key\":\"a\",\"payload\":" + Material.deep(120) + "}", "2: a=240 characters good=1");
        report("900 deep", "{\"key\":\"a\",\"payload\":" + Material.deep(900) + "}", "1: good=1");
        report("900 objects deep", "{\"key\":\"a\",\"payload\":" + Material.deepObject(900) + "}", "1: good=1");
        report(
                "10,000 members",
                "{\"key\":\"a\",\"payload\":{\"x\":0" + members(10_000) + "}}",
                "2: a=98897 characters good=1");
        report(
                "1 MB of text",
                "{\"key\":\"a\",\"payload\":\"" + "x".repeat(1_000_000) + "\"}",
                "2: a=1000002 characters good=1");
        report(
                "names that differ in case only",
                "{\"key\":\"a\",\"payload\":{\"A\":1,\"a\":2}}",
                "2: a={\"A\":1,\"a\":2} good=1");
        report("a name twice", "{\"key\":\"a\",\"payload\":{\"a\":1,\"a\":2}}", "2: a={\"a\":2} good=1");
    }

    private static String members(int count) {
        var members = new StringBuilder();
        for (var member = 0; member < count; member++) {
            members.append(",\"x").append(member).append("\":1");
        }
        return members.toString();
    }
}
