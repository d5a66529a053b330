package io.nodeplane.plexd.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.nodeplane.plexd.hostile.GoReference;
import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.wire.GoJson;
import io.nodeplane.plexd.wire.GoText;
import io.nodeplane.plexd.wire.JsonReader;
import io.nodeplane.runtime.config.GoDuration;
import io.nodeplane.runtime.text.Unicode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for the signed form of every event (protocol facts 3.6, canonical bytes). */
class CanonicalPropertiesTest {
    /** Any UTF-16, halves of surrogate pairs too, with the characters that have rules of their own coming often. */
    @Provide
    Arbitrary<String> texts() {
        var special = Arbitraries.of(
                "\"",
                "\\",
                "/",
                "<",
                ">",
                "&",
                "\b",
                "\f",
                "\n",
                "\r",
                "\t",
                "\u0000",
                "\u001f",
                "\u007f",
                "\u2027",
                "\u2028",
                "\u2029",
                "\u202a",
                "\ufffd",
                "\ufeff",
                "\ud83d\ude00",
                "\ud800",
                "\udfff",
                "\u00e4",
                " ");
        return Arbitraries.oneOf(special, Arbitraries.strings().all().ofLength(1))
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    /** A JSON value as tokens, so that white space can be put between them. */
    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.of("null", "true", "false").map(List::of),
                () -> Arbitraries.of("0", "-0", "1.50", "1e5", "1E+2", "-12.0e-3", "123456789012345678901234567890")
                        .map(List::of),
                () -> texts().map(text -> List.of(quoted(text))),
                () -> values().list().ofMaxSize(3).map(items -> wrapped("[", items, "]")),
                () -> Combinators.combine(texts(), values())
                        .as((name, value) -> concat(List.of(quoted(name), ":"), value))
                        .list()
                        .ofMaxSize(3)
                        .map(members -> wrapped("{", members, "}")));
    }

    @Provide
    Arbitrary<String> times() {
        var local = Combinators.combine(
                        Arbitraries.longs().between(-62_167_219_200L, 253_402_300_799L),
                        Arbitraries.of(0, 1, 120_000_000, 999_999_999, 1_000, 100))
                .as((second, nano) -> LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC));
        var offsets = Arbitraries.integers()
                .between(-18 * 60, 18 * 60)
                .map(minutes -> ZoneOffset.ofTotalSeconds(minutes * 60));
        return Combinators.combine(local, offsets)
                .as((time, offset) -> time.atOffset(offset).toString());
    }

    @Property
    void quotesLikeTheReference(@ForAll("texts") String text) {
        assertEquals(GoReference.string(text), GoJson.string(text));
    }

    @Property
    void compactsLikeTheReferenceWhateverTheWhiteSpace(@ForAll("values") List<String> value, @ForAll long seed) {
        var spaced = spaced(value, new Random(seed));
        var compact = compact(spaced);

        assertEquals(GoReference.payload(spaced), compact);
        assertEquals(compact(String.join("", value)), compact);
        assertEquals(compact, compact(compact));
    }

    @Property
    void signsWhatTheReferenceSigns(
            @ForAll("texts") String type,
            @ForAll("texts") String nonce,
            @ForAll("times") String time,
            @ForAll("values") List<String> value,
            @ForAll long seed)
            throws ApiException.Malformed {
        var payload = spaced(value, new Random(seed));
        var event = "{ \"payload\":" + payload + ",\"nonce\":" + escaped(nonce) + " ,\"issued_at\":\"" + time
                + "\",\"event_id\":\"e\",\"event_type\":" + escaped("t" + type) + "}";

        var signed = new SeedEvents().envelope(event.getBytes(UTF_8)).signed();

        assertEquals(
                new String(GoReference.canonical("t" + type, "e", time, nonce, payload), UTF_8),
                new String(signed, UTF_8));
        // Signed bytes are an event again, with the same signed bytes.
        assertEquals(
                new String(signed, UTF_8),
                new String(new SeedEvents().envelope(signed).signed(), UTF_8));
    }

    @Property
    void readsBackTheTextsItQuotes(@ForAll("texts") String text) throws ApiException.Malformed {
        var read = JsonReader.document("text", GoJson.string(text).getBytes(UTF_8), JsonReader::text);

        assertEquals(Unicode.wellFormed(text), read);
    }

    @Property
    void readsBackTheDurationsItWrites(
            @ForAll @LongRange(min = 0, max = 9_000_000_000L) long seconds,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
        var duration = Duration.ofSeconds(seconds, nanos);

        assertEquals(Optional.of(duration), GoDuration.parse(GoText.duration(duration)));
    }

    private static String compact(String json) {
        return new String(GoJson.compact(json.getBytes(UTF_8)), UTF_8);
    }

    private static String spaced(List<String> tokens, Random random) {
        var json = new StringBuilder();
        for (var token : tokens) {
            json.append(" \t\r\n", 0, random.nextInt(5)).append(token);
        }
        return json.append(" \n", 0, random.nextInt(3)).toString();
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(Unicode.wellFormed(text))) + '"';
    }

    /** As an escape each, so that halves of surrogate pairs get through UTF-8. */
    private static String escaped(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> out.append(String.format("\\u%04X", c)));
        return out.append('"').toString();
    }

    private static List<String> wrapped(String before, List<List<String>> items, String behind) {
        var tokens = new java.util.ArrayList<String>();
        tokens.add(before);
        for (var item : items) {
            if (tokens.size() > 1) {
                tokens.add(",");
            }
            tokens.addAll(item);
        }
        tokens.add(behind);
        return tokens;
    }

    private static List<String> concat(List<String> one, List<String> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }
}
