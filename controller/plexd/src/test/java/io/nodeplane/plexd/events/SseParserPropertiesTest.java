package io.nodeplane.plexd.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every stream of bytes. */
class SseParserPropertiesTest {
    private static final int LIMIT = 40;

    /** Characters of a line above the limit of an event: the longest name of a field, and what stands behind it. */
    private static final int SPARE = 8;

    /** Pieces that mean something to the parser, and bytes that mean nothing. */
    @Provide
    Arbitrary<byte[]> streams() {
        var words = Arbitraries.of(
                "data",
                "data:",
                "data: ",
                "id: ",
                "id:",
                "retry: 5",
                "event: e",
                ":",
                " ",
                "\n",
                "\n\n",
                "\r",
                "\r\n",
                "\u0000",
                "x",
                "{}",
                "\u00ef\u00bb\u00bf",
                "\u00e2\u0082",
                "\u00ff",
                "0123456789012345678901234567890123456789");
        var noise = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, words), net.jqwik.api.Tuple.of(1, noise))
                .list()
                .ofMaxSize(40)
                .map(pieces -> String.join("", pieces).getBytes(ISO_8859_1));
    }

    @Property
    void anyCutGivesTheSame(
            @ForAll("streams") byte[] stream,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 9) Integer> cuts)
            throws IOException {
        assertEquals(items(new ByteArrayInputStream(stream)), items(new Cut(stream, cuts)));
    }

    @Property
    void agreesWithAParserThatReadsItAll(@ForAll("streams") byte[] stream) throws IOException {
        assertEquals(reference(stream), items(new ByteArrayInputStream(stream)));
    }

    @Property
    void givesNoEventAboveTheLimit(@ForAll("streams") byte[] stream) throws IOException {
        var parser = new SseParser(new ByteArrayInputStream(stream), LIMIT);
        for (var item = parser.next(); item.isPresent(); item = parser.next()) {
            if (item.get() instanceof SseItem.Event event) {
                assertTrue(event.data().length <= LIMIT, event.data().length + " bytes");
                assertTrue(event.id().length() <= SseParser.MAX_ID_CHARACTERS);
            }
        }
    }

    private static List<String> items(InputStream stream) throws IOException {
        var parser = new SseParser(stream, LIMIT);
        var items = new ArrayList<String>();
        for (var item = parser.next(); item.isPresent(); item = parser.next()) {
            items.add(
                    switch (item.get()) {
                        case SseItem.Event event -> event.id() + "=" + new String(event.data(), ISO_8859_1);
                        case SseItem.Oversized _ -> "oversized";
                    });
        }
        return items;
    }

    /** The rules over the whole text at once; a character is a byte. */
    private static List<String> reference(byte[] stream) {
        var text = new String(stream, ISO_8859_1);
        var body = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        var lines = List.of(body.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1));
        var items = new ArrayList<String>();
        var id = "";
        var data = new ArrayList<String>();
        // What stands behind the last line end is no line.
        for (var line : lines.subList(0, lines.size() - 1)) {
            if (line.isEmpty()) {
                var joined = String.join("\n", data);
                if (!data.isEmpty()) {
                    // One byte is kept for the line end that the rules put behind each line.
                    items.add(isTooLong(data) ? "oversized" : id + "=" + joined);
                }
                id = "";
                data.clear();
                continue;
            }
            var parts = line.split(":", 2);
            var value = parts.length == 1 ? "" : parts[1].startsWith(" ") ? parts[1].substring(1) : parts[1];
            if (parts[0].equals("data")) {
                data.add(value);
            } else if (parts[0].equals("id") && value.matches("[ -~]*") && line.length() <= LIMIT + SPARE) {
                id = value;
            }
        }
        return items;
    }

    private static boolean isTooLong(List<String> data) {
        var size = 0;
        var first = true;
        for (var line : data) {
            if (size + line.length() + 1 > LIMIT) {
                return true;
            }
            size += line.length() + (first ? 0 : 1);
            first = false;
        }
        return false;
    }

    /** Gives pieces of the wanted sizes, again and again. */
    private static final class Cut extends ByteArrayInputStream {
        private final List<Integer> sizes;
        private int reads;

        Cut(byte[] bytes, List<Integer> sizes) {
            super(bytes);
            this.sizes = sizes;
        }

        @Override
        public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, sizes.get(reads++ % sizes.size())));
        }
    }
}
