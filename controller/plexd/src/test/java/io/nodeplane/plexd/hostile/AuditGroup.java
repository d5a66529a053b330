package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nodeplane.plexd.audit.AuditJson;
import io.nodeplane.plexd.audit.AuditRecord;
import io.nodeplane.plexd.audit.KubernetesAuditLog;
import io.nodeplane.plexd.follow.InMemoryPositions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Hostile text in the API server's audit log between two good lines. The outcome tells the good lines that came through, and
 * of each other record its action, object, result and the length of its raw text; every record must go to JSON and back.
 */
final class AuditGroup {
    private static final String LOST = "good good";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Row> rows = new ArrayList<>();

    private AuditGroup() {}

    static Group group() {
        var group = new AuditGroup();
        group.lines();
        group.values();
        group.sizes();
        return new Group("audit line", AuditGroup::outcome, group.rows);
    }

    private static String outcome(InputStream hostile) throws IOException, InterruptedException {
        var file = Files.createTempFile("audit", ".log");
        try (var log = new KubernetesAuditLog(file, "n", new InMemoryPositions())) {
            var told = new ArrayList<String>();
            log.collect(records -> tell(records, told));
            append(file, Material.bytes(good() + "\n"));
            append(file, hostile);
            append(file, Material.bytes("\n" + good() + "\n"));
            log.collect(records -> tell(records, told));
            var before = told.size();
            log.collect(records -> tell(records, told));
            return String.join(" ", told) + (told.size() == before ? "" : " GIVEN TWICE");
        } finally {
            Files.delete(file);
        }
    }

    private static void append(Path file, InputStream text) throws IOException {
        try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            text.transferTo(out);
        }
    }

    private static void tell(List<AuditRecord> records, List<String> told) throws IOException {
        var codec = new AuditJson();
        // As it goes to the disk, from there, and to the control plane.
        for (var record : records) {
            var bytes = codec.object(record);
            JSON.getFactory().createParser(bytes).skipChildren();
            told.add(described(codec.parse(bytes)));
        }
        try (var batch = JSON.getFactory().createParser(codec.array(records))) {
            batch.nextToken();
            batch.skipChildren();
        }
    }

    private static String described(AuditRecord record) {
        return record.action().equals("good")
                ? "good"
                : "(" + record.action() + " " + record.objectJson() + " " + record.result() + ")";
    }

    private static String good() {
        return line("\"verb\":\"good\"");
    }

    private static String line(String members) {
        return "{" + members + ",\"responseStatus\":{\"code\":200},\"stageTimestamp\":\"2026-02-20T12:00:00.000000Z\"}";
    }

    private void row(String name, String lines, String... records) {
        rows.add(Row.of(name, lines, expected(records)));
    }

    private void bytes(String name, byte[] lines, String... records) {
        rows.add(Row.of(name, lines, expected(records)));
    }

    private static String expected(String... records) {
        return records.length == 0 ? LOST : "good " + String.join(" ", records) + " good";
    }

    private void lines() {
        row("an empty line", "");
        row("only blanks", " \t \t ");
        row("carriage returns", "\r\r\r");
        row("no JSON", "panic: runtime error");
        row("a number", "1");
        row("null", "null");
        row("a string", "\"verb\"");
        row("an array of events", "[" + line("\"verb\":\"get\"") + "]");
        row("an empty object", "{}");
        row("cut in the middle", line("\"verb\":\"get\"").substring(0, 30));
        row("two events on a line", line("\"verb\":\"get\"") + line("\"verb\":\"get\""));
        row("an event behind a NUL", "\u0000" + line("\"verb\":\"get\""));
        row("4 KiB of NULs, as a crash leaves them", "\u0000".repeat(4096));
        row("with a carriage return behind", line("\"verb\":\"get\"") + "\r", "(get \"\" success)");
        row("with a trailing comma", line("\"verb\":\"get\"").replace("}", ",}"));
        bytes(
                "with a mark",
                Material.concat(
                        new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
                        line("\"verb\":\"get\"").getBytes(UTF_8)));
        bytes("in UTF-16", line("\"verb\":\"get\"").getBytes(UTF_16LE));
        bytes("in Latin-1", line("\"verb\":\"g\u00e4t\"").getBytes(ISO_8859_1));
        bytes("a byte that UTF-8 never has", line("\"verb\":\"\u00ff\"").getBytes(ISO_8859_1));
        bytes("gzip", Material.gzip(Material.bytes(line("\"verb\":\"get\""))));
    }

    private void values() {
        row("no verb", line("\"level\":\"Metadata\""));
        row("verb a number", line("\"verb\":1"));
        row("verb null", line("\"verb\":null"));
        row("verb an object", line("\"verb\":{\"verb\":\"get\"}"));
        row("verb twice, the last counts", line("\"verb\":\"get\",\"verb\":\"list\""), "(list \"\" success)");
        row("verb with half a surrogate pair", line("\"verb\":\"g\\ud800\""), "(g\ufffd \"\" success)");
        row(
                "user with half a surrogate pair",
                line("\"verb\":\"get\",\"user\":{\"username\":\"\\udfff\",\"groups\":[\"\\ud800\"]}"),
                "(get \"\" success)");
        row(
                "object with half a surrogate pair",
                line("\"verb\":\"get\",\"objectRef\":{\"resource\":\"pods\",\"name\":\"\\ud800\"}"),
                "(get \"pods/\ufffd\" success)");
        row(
                "object with NUL, quotes and line ends",
                line("\"verb\":\"get\",\"objectRef\":{\"resource\":\"a\\u0000\\\"\\n\\\\\"}"),
                "(get \"a\\u0000\\\"\\n\\\\\" success)");
        row("user an array", line("\"verb\":\"get\",\"user\":[[],{}]"), "(get \"\" success)");
        row(
                "groups of numbers and nulls",
                line("\"verb\":\"get\",\"user\":{\"groups\":[1,null,{\"a\":[]},\"g\"]}"),
                "(get \"\" success)");
        row("objectRef a string", line("\"verb\":\"get\",\"objectRef\":\"pods\""), "(get \"\" success)");
        row("code a string", line("\"verb\":\"get\"").replace("200", "\"200\""), "(get \"\" failure)");
        row("code beyond 32 bits", line("\"verb\":\"get\"").replace("200", "99999999999"), "(get \"\" failure)");
        row("code of 2,000 digits", line("\"verb\":\"get\"").replace("200", "9".repeat(2000)));
        row("code with a fraction", line("\"verb\":\"get\"").replace("200", "2e2"), "(get \"\" failure)");
        row("code null", line("\"verb\":\"get\"").replace("200", "null"), "(get \"\" failure)");
        row("status null", line("\"verb\":\"get\"").replace("{\"code\":200}", "null"), "(get \"\" failure)");
        row("no time", "{\"verb\":\"get\"}");
        row("time a number", "{\"verb\":\"get\",\"stageTimestamp\":1771588800}");
        row("time of words", "{\"verb\":\"get\",\"stageTimestamp\":\"yesterday\"}");
        row(
                "time with ten fraction digits",
                "{\"verb\":\"get\",\"stageTimestamp\":\"2026-02-20T12:00:00.1234567890Z\"}");
        row(
                "time of the year 999999999",
                "{\"verb\":\"get\",\"stageTimestamp\":\"+999999999-12-31T23:59:59Z\"}",
                "(get \"\" failure)");
        row("stage an object", line("\"verb\":\"get\",\"stage\":{}"), "(get \"\" success)");
        row(
                "unknown members of all kinds",
                line("\"verb\":\"get\",\"x\":[1,{\"y\":null}],\"z\":{\"verb\":\"list\"}"),
                "(get \"\" success)");
    }

    private void sizes() {
        row("1,900 deep", line("\"verb\":\"get\",\"requestObject\":" + Material.deep(1900)), "(get \"\" success)");
        row("10,000 arrays deep", line("\"verb\":\"get\",\"requestObject\":" + Material.deep(10_000)));
        row("10,000 objects deep", line("\"verb\":\"get\",\"requestObject\":" + Material.deepObject(10_000)));
        row("10,000 brackets that are not closed", "{\"verb\":\"get\",\"x\":" + "[".repeat(10_000));
        large(
                "a request of 16 MiB",
                "{\"verb\":\"get\",\"requestObject\":\"",
                "x",
                16 * Material.MIB,
                "\"," + line("\"a\":1").substring(1),
                "(get \"\" success)");
        large(
                "a request of 16 MiB in small values",
                "{\"verb\":\"get\",\"requestObject\":[0",
                ",0",
                8 * Material.MIB,
                "]," + line("\"a\":1").substring(1),
                "(get \"\" success)");
        large("16 MiB that are no JSON", "", "x", 16 * Material.MIB, "");
        large("16 MiB of NULs", "", "\u0000", 16 * Material.MIB, "");
        large(
                "16 MiB of JSON that ends too early",
                "{\"verb\":\"get\",\"requestObject\":\"",
                "x",
                16 * Material.MIB,
                "");
        large(
                "a verb of 16 MiB",
                "{\"verb\":\"",
                "x",
                16 * Material.MIB,
                "\"," + line("\"a\":1").substring(1));
        large(
                "a user name of 4 MiB",
                "{\"verb\":\"get\",\"user\":{\"username\":\"",
                "x",
                4 * Material.MIB,
                "\"}," + line("\"a\":1").substring(1));
        large(
                "a million groups",
                "{\"verb\":\"get\",\"user\":{\"groups\":[\"a\"",
                ",\"a\"",
                1_000_000,
                "]}," + line("\"a\":1").substring(1),
                "(get \"\" success)");
        large(
                "a member name of 4 MiB",
                "{\"",
                "k",
                4 * Material.MIB,
                "\":1," + line("\"verb\":\"get\"").substring(1));
        large("100,000 lines that are no events", "", "x\n", 100_000, "");
    }

    private void large(String name, String before, String piece, int times, String behind, String... records) {
        rows.add(new Row(name, () -> Material.repeated(before, piece, times, behind), expected(records)));
    }
}
