package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * One event on a stream between two good ones. The outcome tells the counted result, whether the next connection resumes
 * behind the hostile event ({@code moved}) or before it ({@code kept}), and what the agent did besides the two good pulls.
 */
final class EventGroup {
    private static final String NOTHING = "kept, did nothing";
    private static final String MALFORMED = "malformed, " + NOTHING;
    private static final String UNSIGNED = "unsigned, " + NOTHING;
    private static final String STALE = "stale, moved, did nothing";
    private static final String IGNORED = "accepted, moved, did nothing";
    private static final String PULLED = "accepted, moved, did pull";
    private final List<Row> rows = new ArrayList<>();
    private final Envelope plain = Envelope.change("n");

    private EventGroup() {}

    static Group group() {
        var group = new EventGroup();
        group.signatures();
        group.times();
        group.repetitions();
        group.envelopes();
        group.encodings();
        group.sizes();
        group.payloads();
        return new Group("event", EventGroup::outcome, group.rows);
    }

    private static String outcome(InputStream event) throws IOException {
        var listening = new Listening();
        listening.brings(Material.joined(
                Listening.frame("1", Envelope.change("first").signedBy(Envelope.SERVER)),
                Material.bytes("id: hostile\ndata: "),
                event,
                Material.bytes("\n\n")));
        listening.brings(Listening.frame("2", Envelope.change("second").signedBy(Envelope.SERVER)));
        listening.brings(Material.bytes(""));
        listening.run();
        var deeds = new ArrayList<>(listening.deeds());
        var pulled = Stream.of(1, 2).allMatch(good -> deeds.remove("pull"));
        var goods = pulled ? "" : ", LOST A GOOD EVENT";
        return result(listening) + ", " + (listening.cursor().equals("2") ? listening.betweenCursor() : "?") + ", did "
                + (deeds.isEmpty() ? "nothing" : String.join(" and ", deeds)) + goods;
    }

    private static String result(Listening listening) {
        var results = listening.results();
        results.merge("accepted", -2L, Long::sum);
        results.values().removeIf(count -> count == 0);
        return String.join("+", results.keySet());
    }

    private void row(String name, String event, String expected) {
        rows.add(Row.of(name, event, expected));
    }

    private void signed(String name, Envelope event, String expected) {
        rows.add(new Row(name, () -> Material.bytes(event.signedBy(Envelope.SERVER)), expected));
    }

    private void signatures() {
        var genuine = plain.signature(Envelope.SERVER);
        var text = Base64.getEncoder().encodeToString(genuine);
        signed("genuine, to see that the rest is not", plain, PULLED);
        row("signed by a stranger", plain.signedBy(Envelope.STRANGER), UNSIGNED);
        row("signature of another event", plain.withNonce("other").json(text), UNSIGNED);
        row("type changed after signing", plain.withType("rotate_keys").json(text), UNSIGNED);
        row("id changed after signing", plain.withId("other").json(text), UNSIGNED);
        row("time changed after signing", plain.withTime("2026-02-20T12:00:01Z").json(text), UNSIGNED);
        row("payload changed after signing", plain.withPayload("{\"id\":\"q\"}").json(text), UNSIGNED);
        row(
                "payload number respelt after signing",
                plain.withPayload("{\"id\":1.0}").json(signature(plain.withPayload("{\"id\":1}"))),
                UNSIGNED);
        row(
                "payload members swapped after signing",
                plain.withPayload("{\"b\":1,\"a\":2}").json(signature(plain.withPayload("{\"a\":2,\"b\":1}"))),
                UNSIGNED);
        row("signature empty", plain.json(""), UNSIGNED);
        row("signature cut to 10 characters", plain.json(text.substring(0, 10)), UNSIGNED);
        row("signature cut inside a base64 group", plain.json(text.substring(0, 85)), UNSIGNED);
        row("signature of 63 bytes", plain.json(BadSignatures.base64(Arrays.copyOf(genuine, 63))), UNSIGNED);
        row("signature of 65 bytes", plain.json(BadSignatures.base64(Arrays.copyOf(genuine, 65))), UNSIGNED);
        row("signature twice", plain.json(text + text), UNSIGNED);
        row("signature of zeros", plain.json(BadSignatures.base64(new byte[64])), UNSIGNED);
        row("signature of ones", plain.json(BadSignatures.base64(BadSignatures.ones())), UNSIGNED);
        row("signature with the neutral point", plain.json(BadSignatures.base64(BadSignatures.neutral())), UNSIGNED);
        row(
                "signature plus the group's order",
                plain.json(BadSignatures.base64(BadSignatures.plusOrder(genuine))),
                UNSIGNED);
        row(
                "signature with R and S swapped",
                plain.json(BadSignatures.base64(BadSignatures.swapped(genuine))),
                UNSIGNED);
        row(
                "signature in URL base64",
                plain.json(text.replace('+', '-').replace('/', '_').replace("=", "%3d")),
                UNSIGNED);
        row("signature with line breaks", plain.json(text.substring(0, 40) + "\n" + text.substring(40)), UNSIGNED);
        row("signature in hex", plain.json(java.util.HexFormat.of().formatHex(genuine)), UNSIGNED);
        row("signature null", plain.json(text).replace("\"" + text + "\"", "null"), UNSIGNED);
        row("signature a number", plain.json(text).replace("\"" + text + "\"", "1"), MALFORMED);
        row("signature an array", plain.json(text).replace("\"" + text + "\"", "[\"" + text + "\"]"), MALFORMED);
        row("no signature", plain.json(text).replace(",\"signature\":\"" + text + "\"", ""), UNSIGNED);
        row(
                "signed without the escapes of Go",
                plain.withPayload("{\"id\":\"<\"}")
                        .json(BadSignatures.base64(Envelope.sign(Envelope.SERVER, raw("<")))),
                UNSIGNED);
    }

    private void times() {
        signed("301 s old", plain.withTime("2026-02-20T11:54:59Z"), STALE);
        signed("301 s ahead", plain.withTime("2026-02-20T12:05:01Z"), STALE);
        signed("of the epoch", plain.withTime("1970-01-01T00:00:00Z"), STALE);
        signed("of the year 9999", plain.withTime("9999-12-31T23:59:59.999999999Z"), STALE);
        signed("of the year 0", plain.withTime("0000-01-01T00:00:00Z"), STALE);
        signed("now in another zone", plain.withTime("2026-02-20T17:30:00+05:30"), PULLED);
        signed("now with trailing zeros", plain.withTime("2026-02-20T12:00:00.100000000Z"), PULLED);
        row("of a year of ten digits", plain.json(signature(plain)).replace("2026-02", "+999999999-02"), UNSIGNED);
        row("of the first year there is", plain.json(signature(plain)).replace("2026-02", "-999999999-02"), UNSIGNED);
        row("stale and forged", plain.withTime("2026-02-20T11:00:00Z").signedBy(Envelope.STRANGER), UNSIGNED);
        row("without time", unsignedTime("null"), UNSIGNED);
        row("with an empty time", unsignedTime("\"\""), UNSIGNED);
        row("with a Unix time", unsignedTime("1771588800"), MALFORMED);
        row("with a leap second", unsignedTime("\"2026-02-20T12:00:60Z\""), MALFORMED);
        row("without zone", unsignedTime("\"2026-02-20T12:00:00\""), MALFORMED);
        row("with a date only", unsignedTime("\"2026-02-20\""), MALFORMED);
        row("in a zone of 25 hours", unsignedTime("\"2026-02-20T12:00:00+25:00\""), MALFORMED);
        row("with ten fraction digits", unsignedTime("\"2026-02-20T12:00:00.1234567890Z\""), MALFORMED);
        row("on the 30th of February", unsignedTime("\"2026-02-30T12:00:00Z\""), MALFORMED);
        rows.add(new Row(
                "with a time of 100 KB",
                () -> Material.bytes(unsignedTime("\"" + "2".repeat(100_000) + "\"")),
                MALFORMED));
    }

    private void repetitions() {
        signed("the first event again", Envelope.change("first"), "replayed, moved, did nothing");
        signed("its nonce with another id", Envelope.change("first").withId("other"), "replayed, moved, did nothing");
        signed(
                "its nonce at another time",
                Envelope.change("first").withTime("2026-02-20T12:00:01Z"),
                "replayed, moved, did nothing");
        row("its nonce, forged", Envelope.change("first").withId("other").signedBy(Envelope.STRANGER), UNSIGNED);
        signed("without nonce", plain.withNonce(""), UNSIGNED);
        row("with a null nonce", plain.json(signature(plain)).replace("\"nonce\":\"n\"", "\"nonce\":null"), UNSIGNED);
        row(
                "with a number as nonce",
                plain.json(signature(plain)).replace("\"nonce\":\"n\"", "\"nonce\":1"),
                MALFORMED);
        row(
                "with an object as nonce",
                plain.json(signature(plain)).replace("\"nonce\":\"n\"", "\"nonce\":{}"),
                MALFORMED);
        signed("with a nonce of 100 KB", plain.withNonce("n".repeat(100_000)), UNSIGNED);
    }

    private void envelopes() {
        var json = plain.signedBy(Envelope.SERVER);
        row("empty", "", MALFORMED);
        row("null", "null", MALFORMED);
        row("an array", "[]", MALFORMED);
        row("a number", "1", MALFORMED);
        row("a string", "\"peer_added\"", MALFORMED);
        row("no JSON", "peer_added", MALFORMED);
        row("HTML", "<html><body>502 Bad Gateway</body></html>", MALFORMED);
        row("cut in the middle", json.substring(0, json.length() / 2), MALFORMED);
        row("without its last brace", json.substring(0, json.length() - 1), MALFORMED);
        row("with something behind", json + "x", MALFORMED);
        row("two in one frame", json + json, MALFORMED);
        row("with single quotes", json.replace('"', '\''), MALFORMED);
        row("with a comment", json.replace("{\"event_type", "{/**/\"event_type"), MALFORMED);
        row("with a trailing comma", json.replace("\"}", "\",}"), MALFORMED);
        row("type missing", json.replace("event_type", "event_kind"), MALFORMED);
        row("id missing", json.replace("event_id", "event_no"), MALFORMED);
        row("type a number", json.replace("\"peer_added\"", "7"), MALFORMED);
        row("id an array", json.replace("\"e-n\"", "[1]"), MALFORMED);
        row("type empty", json.replace("\"peer_added\"", "\"\""), MALFORMED);
        row("names in capitals", json.replace("event_type", "EVENT_TYPE"), MALFORMED);
        row(
                "a forged type behind the signed one",
                json.replace("\"event_id\"", "\"event_type\":\"rotate_keys\",\"event_id\""),
                UNSIGNED);
        row(
                "a forged payload behind the signed one",
                json.replace(",\"signature\"", ",\"payload\":{\"id\":\"q\"},\"signature\""),
                UNSIGNED);
        row(
                "a forged payload before the signed one",
                json.replace(",\"payload\"", ",\"payload\":{\"id\":\"q\"},\"payload\""),
                PULLED);
        row("a forged signature behind the genuine one", json.replace("\"}", "\",\"signature\":\"AAAA\"}"), UNSIGNED);
        row("unknown members", json.replace("{\"event_type", "{\"scope\":[{}],\"event_type"), PULLED);
    }

    private void encodings() {
        var json = plain.signedBy(Envelope.SERVER);
        bytes("with a NUL before", Material.concat(new byte[1], json.getBytes(UTF_8)), MALFORMED);
        bytes(
                "with a NUL inside a string",
                json.replace("peer_added", "peer_\u0000added").getBytes(UTF_8),
                MALFORMED);
        signed("with a NUL escaped in the type", plain.withType("peer\u0000_added"), IGNORED);
        signed("with a NUL escaped in the nonce", plain.withNonce("\u0000"), PULLED);
        signed("with half a surrogate pair in the type", plain.withType("peer_\ud800"), PULLED);
        signed("with the other half in the nonce", plain.withNonce("\udc00x"), PULLED);
        signed("with a pair the wrong way round", plain.withNonce("\udc00\ud800"), PULLED);
        signed("with a whole pair in escapes", plain.withNonce("\ud83d\ude00"), PULLED);
        signed("with separators of lines and paragraphs", plain.withNonce("\u2028\u2029<>&"), PULLED);
        bytes("in UTF-8 with a mark", ("\ufeff" + json).getBytes(UTF_8), MALFORMED);
        bytes("in UTF-16, big end first", encoded(UTF_16BE), MALFORMED);
        bytes("in UTF-16, little end first", encoded(UTF_16LE), MALFORMED);
        bytes("in UTF-32", encoded(Charset.forName("UTF-32BE")), MALFORMED);
        bytes("in EBCDIC", encoded(Charset.forName("IBM037")), MALFORMED);
        bytes(
                "in Latin-1",
                plain.withNonce("\u00e4").json("x").replace("\\u00e4", "\u00e4").getBytes(ISO_8859_1),
                MALFORMED);
        bytes(
                "with a byte that UTF-8 never has",
                json.replace("peer_added", "\u00ff").getBytes(ISO_8859_1),
                MALFORMED);
        bytes(
                "with an overlong slash",
                json.replace("peer_added", "\u00c0\u00af").getBytes(ISO_8859_1),
                UNSIGNED);
        bytes(
                "with a surrogate in UTF-8",
                json.replace("peer_added", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1),
                MALFORMED);
        bytes(
                "with a character cut in two",
                json.replace("peer_added", "\u00e2\u0082").getBytes(ISO_8859_1),
                MALFORMED);
        bytes(
                "with bad UTF-8 inside the payload",
                plain.withPayload("[\"x\"]")
                        .json("x")
                        .replace("[\"x\"]", "[\"\u00ff\"]")
                        .getBytes(ISO_8859_1),
                MALFORMED);
        bytes("random bytes", noise(2000), MALFORMED);
        bytes("gzip", Material.gzip(Material.bytes(json)), MALFORMED);
    }

    private void sizes() {
        rows.add(new Row(
                "20 MiB",
                () -> Material.repeated("{\"a\":\"", "x", 20 * Material.MIB, "\"}"),
                "oversized, " + NOTHING));
        rows.add(new Row(
                "20 MiB of line ends",
                () -> Material.repeated("{", "\ndata: ", 3 * Material.MIB, "}"),
                "oversized, " + NOTHING));
        large("1 MB of HTML signs, forged", "\"", "<", 1_000_000, "\"", UNSIGNED);
        large("1 MB of small values, forged", "[0", ",0", 500_000, "]", MALFORMED);
        large("1 MB of separators, forged", "\"", "\u2028", 330_000, "\"", UNSIGNED);
        large("1 MB in one key, forged", "{\"", "k", 1_000_000, "\":1}", MALFORMED);
        rows.add(new Row("100,000 members", () -> Material.repeated("{\"a\":1", ",\"a\":1", 100_000, "}"), MALFORMED));
        rows.add(new Row(
                "a type of 100 KB, forged",
                () -> Material.bytes(plain.withType("t".repeat(100_000)).signedBy(Envelope.STRANGER)),
                UNSIGNED));
        rows.add(new Row(
                "an id of 100 KB, forged",
                () -> Material.bytes(plain.withId("t".repeat(100_000)).signedBy(Envelope.STRANGER)),
                UNSIGNED));
    }

    private void payloads() {
        row("10,000 arrays deep", plain.withPayload(Material.deep(10_000)).json("x"), MALFORMED);
        row(
                "10,000 objects deep",
                plain.withPayload(Material.deepObject(10_000)).json("x"),
                MALFORMED);
        row("10,000 deep in an unknown member", "{\"x\":" + Material.deep(10_000) + "}", MALFORMED);
        row("10,000 open brackets", "[".repeat(10_000), MALFORMED);
        signed("120 deep and signed", plain.withPayload(Material.deep(120)), PULLED);
        signed("900 deep and signed", plain.withPayload(Material.deep(900)), MALFORMED);
        signed("a number without end", plain.withPayload("1e999999999"), PULLED);
        signed("a number of 2,000 digits", plain.withPayload("9".repeat(2000)), MALFORMED);
        row("not a number", plain.withPayload("NaN").json("x"), MALFORMED);
        row("infinity", plain.withPayload("-Infinity").json("x"), MALFORMED);
        row("a leading zero", plain.withPayload("007").json("x"), MALFORMED);
        row("a hexadecimal number", plain.withPayload("0x1f").json("x"), MALFORMED);
        row("a lone minus", plain.withPayload("-").json("x"), MALFORMED);
        row("an unknown escape", plain.withPayload("\"\\x41\"").json("x"), MALFORMED);
        row("a short escape", plain.withPayload("\"\\u12\"").json("x"), MALFORMED);
        row("a tab inside a string", plain.withPayload("\"\t\"").json("x"), MALFORMED);
        signed("duplicate members", plain.withPayload("{\"a\":1,\"a\":2}"), PULLED);
        var rotation = plain.withType("signing_key_rotated");
        var did = "accepted+malformed, moved, did nothing";
        signed("rotation to nothing", rotation.withPayload("null"), did);
        signed("rotation to an empty key", rotation.withPayload("{\"current\":\"\"}"), did);
        signed("rotation to a short key", rotation.withPayload("{\"current\":\"AAAA\"}"), did);
        signed("rotation to no base64", rotation.withPayload("{\"current\":\"****\"}"), did);
        signed("rotation to a number", rotation.withPayload("{\"current\":1}"), did);
        signed(
                "rotation to no point of the curve",
                rotation.withPayload("{\"current\":\"" + BadSignatures.base64(BadSignatures.ones(32)) + "\"}"),
                did);
        signed(
                "rotation that expires never",
                rotation.withPayload("{\"current\":\"" + Envelope.PUBLIC_KEY + "\",\"transition_expires\":\"soon\"}"),
                did);
        row(
                "rotation, forged",
                rotation.withPayload("{\"current\":\"" + BadSignatures.base64(new byte[32]) + "\"}")
                        .signedBy(Envelope.STRANGER),
                UNSIGNED);
        var action = plain.withType("action_request");
        signed("action without an id", action.withPayload("{\"action\":\"reboot\"}"), did);
        signed("action with a number as id", action.withPayload("{\"execution_id\":1}"), did);
        signed(
                "action that climbs the path",
                action.withPayload("{\"execution_id\":\"../../x\"}"),
                "accepted, moved, did executions/../../x/ack");
        signed(
                "action with half a surrogate pair",
                action.withPayload("{\"execution_id\":\"\\ud800\"}"),
                "accepted, moved, did executions/\ufffd/ack");
        signed(
                "action with an id of 100 KB",
                action.withPayload("{\"execution_id\":\"" + "x".repeat(100_000) + "\"}"),
                "accepted+malformed, moved, did nothing");
        signed("action of an array", action.withPayload("[]"), did);
        signed("a type that nobody knows", plain.withType("reboot_now"), IGNORED);
    }

    private void large(String name, String before, String piece, int times, String behind, String expected) {
        var halves = plain.withPayload("@").signedBy(Envelope.STRANGER).split("@", 2);
        rows.add(
                new Row(name, () -> Material.repeated(halves[0] + before, piece, times, behind + halves[1]), expected));
    }

    private void bytes(String name, byte[] event, String expected) {
        rows.add(Row.of(name, event, expected));
    }

    private String unsignedTime(String time) {
        return plain.json(signature(plain)).replace("\"" + Envelope.NOON + "\"", time);
    }

    private static String signature(Envelope event) {
        return BadSignatures.base64(event.signature(Envelope.SERVER));
    }

    private byte[] raw(String text) {
        return new String(
                        GoReference.canonical(
                                plain.type(), plain.id(), plain.issuedAt(), plain.nonce(), "{\"id\":\"@\"}"),
                        UTF_8)
                .replace("@", text)
                .getBytes(UTF_8);
    }

    private byte[] encoded(Charset charset) {
        // Line ends would end the frame, and no JSON of ours has any.
        return plain.signedBy(Envelope.SERVER).getBytes(charset);
    }

    private static byte[] noise(int length) {
        var bytes = new byte[length];
        new java.util.Random(20260220).nextBytes(bytes);
        for (var at = 0; at < length; at++) {
            bytes[at] = bytes[at] == '\n' || bytes[at] == '\r' ? 0 : bytes[at];
        }
        return bytes;
    }
}
