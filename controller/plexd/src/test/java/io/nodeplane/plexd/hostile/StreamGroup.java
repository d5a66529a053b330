package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A whole stream, cut into pieces at random. The outcome tells how many events were believed, the other results, where the
 * next connection resumes and how long the agent waits for it at most. The letters A, B and C in a row's text stand for good
 * events.
 */
final class StreamGroup {
    private final List<Row> rows = new ArrayList<>();

    private StreamGroup() {}

    static Group group() {
        var group = new StreamGroup();
        group.lines();
        group.ids();
        group.fields();
        group.sizes();
        return new Group("stream", StreamGroup::outcome, group.rows);
    }

    private static String outcome(InputStream stream) {
        var listening = new Listening();
        listening.brings(new Pieces(stream));
        listening.brings(Material.bytes(""));
        listening.run();
        var results = listening.results();
        var believed = results.getOrDefault("accepted", 0L);
        results.remove("accepted");
        var pause = listening.longestPause().compareTo(java.time.Duration.ofMinutes(1)) > 0
                ? ", waits " + listening.longestPause()
                : "";
        return believed + " events" + (results.isEmpty() ? "" : " " + results) + ", resumes at " + listening.cursor()
                + pause;
    }

    /** The letters stand for good events. */
    private void row(String name, String stream, String expected) {
        rows.add(Row.of(name, filled(stream), expected));
    }

    private static String filled(String stream) {
        return stream.replace("A", good("a")).replace("B", good("b")).replace("C", good("c"));
    }

    private static String good(String nonce) {
        return Envelope.change(nonce)
                .signedBy(Envelope.SERVER)
                .replace("A", "\\u0041")
                .replace("B", "\\u0042")
                .replace("C", "\\u0043");
    }

    private void lines() {
        row("nothing", "", "0 events, resumes at none");
        row("line feeds", "id: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("carriage returns", "id: 1\rdata: A\r\rid: 2\rdata: B\r\r", "2 events, resumes at 2");
        row("both", "id: 1\r\ndata: A\r\n\r\nid: 2\r\ndata: B\r\n\r\n", "2 events, resumes at 2");
        row("every kind in one event", "id: 1\rdata: A\r\n\nid: 2\ndata: B\n\r", "2 events, resumes at 2");
        row("line feed before carriage return", "id: 1\n\rdata: A\n\r\n\r", "1 events, resumes at none");
        row("a mark before", "\ufeffid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("two marks before", "\ufeff\ufeffid: 1\ndata: A\n\n", "1 events, resumes at none");
        row("a mark in the middle", "id: 1\ndata: A\n\n\ufeffdata: B\n\n", "1 events, resumes at 1");
        row("half a mark before", "\u00ef\u00bbdata: x\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("no last line end", "id: 1\ndata: A\n\nid: 2\ndata: B", "1 events, resumes at 1");
        row("no last empty line", "id: 1\ndata: A\n\nid: 2\ndata: B\n", "1 events, resumes at 1");
        row(
                "an event over many data lines",
                "id: 1\ndata: " + good("a").replace(",\"", "\ndata: ,\"") + "\n\n",
                "1 events, resumes at 1");
        row(
                "characters of four bytes between",
                "id: 1\n: \ud83d\ude00\u20ac\u00e4\ndata: A\n\n",
                "1 events, resumes at 1");
        row("NULs between", "\u0000\n\u0000: x\nid: 1\ndata: A\n\n\u0000\n\n", "1 events, resumes at 1");
        row("a NUL before data", "id: 1\n\u0000data: A\n\n", "0 events, resumes at none");
        row(
                "vertical tabs and form feeds are no line ends",
                "id: 1\u000bdata: A\u000c\n\n",
                "0 events, resumes at none");
        row("NEL and separators are no line ends", "id: 1\u0085\u2028\u2029data: A\n\n", "0 events, resumes at none");
    }

    private void ids() {
        row("an id with NUL", "id: 1\ndata: A\n\nid: 2\u0000\ndata: B\n\n", "2 events, resumes at 1");
        row("an empty id", "id: 1\ndata: A\n\nid:\ndata: B\n\n", "2 events, resumes at 1");
        row("two ids", "id: 1\nid: 2\ndata: A\n\n", "1 events, resumes at 2");
        row("an id behind the data", "data: A\nid: 1\n\n", "1 events, resumes at 1");
        row("an id without data", "id: 1\ndata: A\n\nid: evil\n\n", "1 events, resumes at 1");
        row(
                "an id without data before an event without id",
                "id: 1\ndata: A\n\nid: evil\n\ndata: B\n\n",
                "2 events, resumes at 1");
        row(
                "the id of a broken event",
                "id: 1\ndata: A\n\nid: evil\ndata: {\n\n",
                "1 events {malformed=1}, resumes at 1");
        row(
                "the id of a broken event before one without",
                "id: 1\ndata: A\n\nid: evil\ndata: {\n\ndata: B\n\n",
                "2 events {malformed=1}, resumes at 1");
        row("the id of an event cut off", "id: 1\ndata: A\n\nid: evil\ndata: B\n", "1 events, resumes at 1");
        row("an id of control characters", "id: 1\ndata: A\n\nid: \u0001\u007f\ndata: B\n\n", "2 events, resumes at 1");
        row("an id of a header", "id: 1\ndata: A\n\nid: 2\u000bHost: evil\ndata: B\n\n", "2 events, resumes at 1");
        row("an id beyond ASCII", "id: 1\ndata: A\n\nid: \u00e4\u20ac\ndata: B\n\n", "2 events, resumes at 1");
        row(
                "an id of 100 KB",
                "id: 1\ndata: A\n\nid: " + "9".repeat(100_000) + "\ndata: B\n\n",
                "2 events, resumes at 1");
    }

    private void fields() {
        row("comments between", ": x\nid: 1\n:\n::\ndata: A\n: y\n\n:\n", "1 events, resumes at 1");
        row("unknown fields", "foo: bar\nid: 1\nDATA: x\ndata: A\nid : 2\n data: x\n\n", "1 events, resumes at 1");
        row("a field without colon", "id: 1\nnothing\ndata: A\n\n", "1 events, resumes at 1");
        row("an empty field name", ":data: x\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("an event name that lies", "event: signing_key_rotated\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("data without value", "data\n\ndata:\n\nid: 1\ndata: A\n\n", "1 events {malformed=2}, resumes at 1");
        row(
                "data that is another stream",
                "data: data: A\n\nid: 1\ndata: B\n\n",
                "1 events {malformed=1}, resumes at 1");
        row("a negative retry", "retry: -1\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("a retry of words", "retry: never\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("a retry with a fraction", "retry: 1.5e3\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("a retry of no time", "retry: 0\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("a retry of eleven days", "retry: 999999999\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("a retry beyond 64 bits", "retry: 99999999999999999999999\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("a retry in Arabic digits", "retry: \u0661\u0660\nid: 1\ndata: A\n\n", "1 events, resumes at 1");
        row("an HTML page", "<!DOCTYPE html>\n<html>\n\n<body>data: A</body>\n\n", "0 events, resumes at none");
        row("JSON lines", "A\nB\n\n", "0 events, resumes at none");
        row("a chunked body that nobody unwrapped", "1f\r\ndata: A\r\n\r\n0\r\n\r\n", "1 events, resumes at none");
        rows.add(new Row(
                "gzip",
                () -> new java.io.ByteArrayInputStream(Material.gzip(Material.bytes(filled("id: 1\ndata: A\n\n")))),
                "0 events, resumes at none"));
    }

    private void sizes() {
        var good = filled("id: 1\ndata: A\n\n");
        large(
                "a comment of 20 MiB",
                "id: 1\n: ",
                "x",
                20 * Material.MIB,
                filled("\ndata: A\n\n"),
                "1 events, resumes at 1");
        large("300,000 comments", "", ": keep-alive\n", 300_000, good, "1 events, resumes at 1");
        large("a million empty lines", "", "\n", 1_000_000, good, "1 events, resumes at 1");
        large("a line of 20 MiB without end", good, "x", 20 * Material.MIB, "", "1 events, resumes at 1");
        large(
                "data of 20 MiB before an event",
                "id: evil\ndata: ",
                "x",
                20 * Material.MIB,
                "\n\n" + good,
                "1 events {oversized=1}, resumes at 1");
        large(
                "20 MiB in short data lines before an event",
                "id: evil\n",
                "data: x\n",
                3 * Material.MIB,
                "\n" + good,
                "1 events {oversized=1}, resumes at 1");
        large(
                "a million data lines without content",
                "",
                "data\n",
                1_000_000,
                "\n" + good,
                "1 events {malformed=1}, resumes at 1");
        large("a field name of 20 MiB", "", "n", 20 * Material.MIB, ": x\n" + good, "1 events, resumes at 1");
        large(
                "an id of 20 MiB",
                "id: ",
                "9",
                20 * Material.MIB,
                "\n" + filled("data: A\n\n"),
                "1 events, resumes at none");
        large("a retry of 20 MiB", "retry: ", "9", 20 * Material.MIB, "\n" + good, "1 events, resumes at 1");
        large("100,000 broken events", "", "data: {\n\n", 100_000, good, "1 events {malformed=100000}, resumes at 1");
    }

    private void large(String name, String before, String piece, int times, String behind, String expected) {
        rows.add(new Row(name, () -> Material.repeated(before, piece, times, behind), expected));
    }

    /** Small pieces in the beginning, so that every place is cut once; whole blocks later. */
    private static final class Pieces extends FilterInputStream {
        private final Random random = new Random(7);
        private int given;

        Pieces(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            var size = given++ < 5000 ? 1 + random.nextInt(7) : length;
            return super.read(into, from, Math.min(size, length));
        }
    }

    static byte[] text(String stream) {
        return filled(stream).getBytes(UTF_8);
    }
}
