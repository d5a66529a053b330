package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/** What can be wrong with the HTTP answer on any route, and the rows of one route. */
final class Answers {
    static final String MALFORMED = "Malformed: ";
    static final String TOO_LONG = "longer than 4194304 bytes";

    private final String what;
    private final String good;
    private final List<Row> rows = new ArrayList<>();

    /**
     * No rows yet.
     *
     * @param what the agent asks for, as its faults name it
     * @param good a body that the agent takes
     */
    Answers(String what, String good) {
        this.what = what;
        this.good = good;
    }

    /** With the rows that every route has. */
    Group group(Trial trial) {
        transport();
        shapes();
        return new Group("answer to " + what, trial, rows);
    }

    /** What no JSON of the route can be. */
    private void shapes() {
        body("nothing", "", MALFORMED + what + ": is empty");
        body("null", "null", nullAnswer());
        body("a list", "[]", MALFORMED + what + ":  is wrong, expected an object");
        body("a number", "1", MALFORMED + what + ":  is wrong, expected an object");
        body("a text", "\"ok\"", MALFORMED + what + ":  is wrong, expected an object");
        body("HTML", "<html><body>login</body></html>", MALFORMED + what + ": is cut off or no JSON");
        body("cut in the middle", good.substring(0, good.length() / 2), MALFORMED + what + ": is cut off or no JSON");
        body("with more behind", good + "{}", MALFORMED + what + ": has more behind its end");
        body("10,000 deep", "{\"x\":" + Material.deep(10_000) + "}", MALFORMED + what + ": ");
        bytes("in UTF-16", good.getBytes(UTF_16LE), MALFORMED + what + ": ");
        bytes(
                "with bad UTF-8",
                good.replaceFirst("\\{", "{\"x\":\"\u00ff\",").getBytes(ISO_8859_1),
                MALFORMED + what + ": ");
        large("20 MiB of blanks", "", " ", 20 * Material.MIB, good, MALFORMED + answered() + TOO_LONG);
        large("4,000,000 brackets", "{\"x\":", "[", 4_000_000, "", MALFORMED + what + ": /x");
    }

    private String nullAnswer() {
        return switch (what) {
            case "state" -> "0 peers, 0 data";
            case "heartbeat" -> "reconcile false";
            default -> MALFORMED + what;
        };
    }

    /** What the way there can do to an answer. */
    private void transport() {
        var bomb = Material.BOMB;
        answer("good", head(200, "Content-Length: " + good.length()), good, goodOutcome());
        answer("announced as 20 MiB", head(200, "Content-Length: 20971520"), "x", MALFORMED + answered() + TOO_LONG);
        answer(
                "announced as more than there is",
                head(200, "Content-Length: 2147483648"),
                "x",
                MALFORMED + answered() + TOO_LONG);
        answer("half of what was announced", head(200, "Content-Length: 5000"), good, "Unreachable: ");
        answer("a length below zero", head(200, "Content-Length: -1"), good, goodOutcome());
        answer("a length of words", head(200, "Content-Length: many"), good, "Unreachable: ");
        answer("broken chunks", head(200, "Transfer-Encoding: chunked"), "zz\r\n" + good, "Unreachable: ");
        answer("chunks that end too early", head(200, "Transfer-Encoding: chunked"), "ff\r\n" + good, "Unreachable: ");
        answer("no HTTP at all", "", "SSH-2.0-OpenSSH_9.2\r\n", "Unreachable: ");
        answer("nothing at all", "", "", "Unreachable: ");
        coded("a gzip bomb", "gzip", bomb, MALFORMED + answered() + TOO_LONG);
        coded("a gzip bomb in two layers", "gzip", Material.DOUBLE_BOMB, MALFORMED + what + ": ");
        coded("gzip that is none", "gzip", good.getBytes(UTF_8), MALFORMED + answered() + "no valid gzip");
        coded(
                "gzip that ends too early",
                "gzip",
                java.util.Arrays.copyOf(gzipped(), 15),
                MALFORMED + answered() + "no valid gzip");
        coded("gzip with a wrong sum", "gzip", wrongSum(), MALFORMED + answered() + "no valid gzip");
        coded("gzip that nobody announced", "identity", gzipped(), MALFORMED + what + ": ");
        coded("a coding that nobody asked for", "br", gzipped(), MALFORMED + what + ": ");
        coded("a coding of 1,000 names", "gzip, ".repeat(1000) + "gzip", gzipped(), MALFORMED + what + ": ");
        rows.add(new Row(
                "1 MiB of headers",
                () -> Material.repeated(head(200).replace("\r\n\r\n", "\r\n"), "X-A: b\r\n", 131_072, "\r\n" + good),
                "Unreachable: "));
        rows.add(new Row(
                "500 with 20 MiB", () -> Material.repeated(head(500), "x", 20 * Material.MIB, ""), "ServerFault: "));
        rows.add(new Row(
                "500 with a gzip bomb",
                () -> Material.joined(
                        Material.bytes(head(500, "Content-Encoding: gzip")), new ByteArrayInputStream(bomb)),
                "ServerFault: "));
        answer("302 to somewhere else", head(302, "Location: http://evil/"), "", "Rejected: ");
        answer("204 without a body", head(204), "", MALFORMED + what + ": is empty");
        answer("401 that echoes the bearer", head(401), "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", "Unauthorized: ");
        answer("429 with a pause of 1,000 years", head(429, "Retry-After: 31536000000"), "", "RateLimited for PT1H");
        answer("429 with a pause below zero", head(429, "Retry-After: -5"), "", "RateLimited: ");
        answer("429 with a pause of words", head(429, "Retry-After: soon"), "", "RateLimited: ");
        answer("418 with control characters", head(418), "\u001b[2J\u0007\u202e", "Rejected: ");
    }

    private String goodOutcome() {
        return switch (what) {
            case "state" -> "1 peers, 0 data";
            case "register" -> "registered as n-1";
            case "heartbeat" -> "reconcile true";
            default -> "opened 22";
        };
    }

    String answered() {
        return switch (what) {
            case "state" -> "GET /v1/nodes/n/state: answer is ";
            case "heartbeat" -> "POST /v1/nodes/n/heartbeat: answer is ";
            case "secret" -> "GET /v1/nodes/n/secrets/k: answer is ";
            default -> "POST /v1/register: answer is ";
        };
    }

    private byte[] gzipped() {
        return Material.gzip(Material.bytes(good));
    }

    private byte[] wrongSum() {
        var bytes = gzipped();
        bytes[bytes.length - 6]++;
        return bytes;
    }

    void body(String name, String body, String expected) {
        bytes(name, body.getBytes(UTF_8), expected);
    }

    private void bytes(String name, byte[] body, String expected) {
        rows.add(new Row(
                name, () -> Material.joined(Material.bytes(head(200)), new ByteArrayInputStream(body)), expected));
    }

    void large(String name, String before, String piece, int times, String behind, String expected) {
        rows.add(new Row(
                name,
                () -> Material.joined(Material.bytes(head(200)), Material.repeated(before, piece, times, behind)),
                expected));
    }

    private void coded(String name, String coding, byte[] body, String expected) {
        rows.add(new Row(
                name,
                () -> Material.joined(
                        Material.bytes(head(200, "Content-Encoding: " + coding)), new ByteArrayInputStream(body)),
                expected));
    }

    private void answer(String name, String head, String body, String expected) {
        rows.add(new Row(name, () -> Material.joined(Material.bytes(head), Material.bytes(body)), expected));
    }

    private static String head(int status, String... headers) {
        return "HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
    }
}
