package io.nodeplane.plexd.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules of WHATWG HTML, section 9.2.6; items are written as {@code id=data}. */
class SseParserTest {
    static List<Arguments> rows() {
        return List.of(
                row("one event", "id: 7\nevent: x\ndata: {}\n\n", "7={}"),
                row("CR ends lines", "id: 7\rdata: a\r\rdata: b\r\r", "7=a", "=b"),
                row("CRLF ends lines once", "id: 7\r\ndata: a\r\n\r\ndata: b\r\n\r\n", "7=a", "=b"),
                row("mixed ends", "data: a\r\ndata: b\rdata: c\n\r\n", "=a\nb\nc"),
                row(
                        "comments are skipped",
                        ": keep-alive\n: keep-alive\n\ndata: a\n: in between\ndata: b\n\n",
                        "=a\nb"),
                row("data lines are joined", "data: a\ndata:\ndata: b\n\n", "=a\n\nb"),
                row("an empty data line is an event", "data\n\n", "="),
                row("no data, no event", "id: 1\nevent: x\n\ndata: a\n\n", "=a"),
                row("one space goes, more stay", "data:a\n\ndata: a\n\ndata:  a\n\n", "=a", "=a", "= a"),
                row("only the first colon parts", "data: {\"a\":1}\n\n", "={\"a\":1}"),
                row("unknown fields are skipped", "what: ever\ndata: a\nnothing\n\n", "=a"),
                row("an id is its event's own", "id: 1\ndata: a\n\ndata: b\n\nid: 2\n\ndata: c\n\n", "1=a", "=b", "=c"),
                row("an id with NUL is no id", "id: 1\ndata: a\n\nid: 2\u0000\ndata: b\n\n", "1=a", "=b"),
                row("an id that fits no header is no id", "id: \u0001\ndata: a\n\nid: \u00e4\ndata: b\n\n", "=a", "=b"),
                row("an unfinished event was never sent", "data: a\n\ndata: b\n", "=a"),
                row("a byte order mark goes", "\ufeffdata: a\n\n", "=a"),
                row("a second one stays and spoils the name", "data: a\n\n\ufeffdata: b\n\n", "=a"),
                row("UTF-8 stays", "data: äöü€😀\n\n", "=äöü€😀"),
                row("nothing", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void readsTheStream(String what, String stream, List<String> items) throws IOException {
        assertEquals(items, items(new ByteArrayInputStream(stream.getBytes(UTF_8)), 1000));
    }

    @ParameterizedTest(name = "{0}, byte by byte")
    @MethodSource("rows")
    void readsTheSameInSmallPieces(String what, String stream, List<String> items) throws IOException {
        var pieces = new ByteArrayInputStream(stream.getBytes(UTF_8)) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };

        assertEquals(items, items(pieces, 1000));
    }

    @Test
    void skipsALineAboveTheLimitAndGoesOn() throws IOException {
        var stream = "data: " + "x".repeat(200) + "\n\ndata: b\n\n";

        assertEquals(List.of("oversized", "=b"), items(new ByteArrayInputStream(stream.getBytes(UTF_8)), 100));
    }

    @Test
    void skipsManyLinesAboveTheLimitAndGoesOn() throws IOException {
        var stream = "id: 3\n" + "data: 0123456789\n".repeat(50) + "\ndata: b\n\n";

        assertEquals(List.of("oversized", "=b"), items(new ByteArrayInputStream(stream.getBytes(UTF_8)), 100));
    }

    @Test
    void losesNoEventToALongLineThatIsNoData() throws IOException {
        var longText = "x".repeat(200);
        var stream = "id: 1\n: " + longText + "\n" + longText + ": 1\nretry: " + longText + "\ndata: a\n\n";

        assertEquals(List.of("1=a"), items(new ByteArrayInputStream(stream.getBytes(UTF_8)), 100));
    }

    @Test
    void takesNoIdThatIsTooLong() throws IOException {
        var stream = "id: 1\nid: " + "9".repeat(SseParser.MAX_ID_CHARACTERS + 1) + "\ndata: a\n\n";

        assertEquals(List.of("1=a"), items(new ByteArrayInputStream(stream.getBytes(UTF_8)), 1000));
    }

    @Test
    void takesAnEventOfExactlyTheLimit() throws IOException {
        var stream = "data: " + "x".repeat(99) + "\n\n";

        assertEquals(List.of("=" + "x".repeat(99)), items(new ByteArrayInputStream(stream.getBytes(UTF_8)), 100));
    }

    @Test
    void remembersTheReconnectionTime() throws IOException {
        var parser = new SseParser(
                new ByteArrayInputStream("retry: 2500\n\nretry: soon\nretry: -1\n\n".getBytes(UTF_8)), 100);

        assertEquals(Optional.empty(), parser.next());
        assertEquals(Optional.of(Duration.ofMillis(2500)), parser.retry());
    }

    private static List<String> items(InputStream stream, int limit) throws IOException {
        var parser = new SseParser(stream, limit);
        var items = new ArrayList<String>();
        for (var item = parser.next(); item.isPresent(); item = parser.next()) {
            items.add(
                    switch (item.get()) {
                        case SseItem.Event event -> event.id() + "=" + new String(event.data(), UTF_8);
                        case SseItem.Oversized _ -> "oversized";
                    });
        }
        return items;
    }

    private static Arguments row(String what, String stream, String... items) {
        return Arguments.of(what, stream, List.of(items));
    }
}
