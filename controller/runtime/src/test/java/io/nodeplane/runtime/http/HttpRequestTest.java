package io.nodeplane.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRequestTest {
    @Test
    void readsABodyOfKnownLength() throws Exception {
        assertEquals("abc", body(Map.of("content-length", "3"), "abcdef", 10));
        assertEquals("", body(Map.of(), "abc", 10));
    }

    @Test
    void readsChunks() throws Exception {
        var chunks = "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n";

        assertEquals("abcde", body(Map.of("transfer-encoding", "chunked"), chunks, 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content-length|11|abc|413",
                "content-length|99999999999999|abc|413",
                "content-length|-1|abc|400",
                "content-length|3, 3|abc|400",
                "transfer-encoding|gzip|abc|501",
                "transfer-encoding|chunked|b#abcdefghijk#0##|413",
                "transfer-encoding|chunked|fffffff#abc|413",
                "transfer-encoding|chunked|zz#abc|400",
                "transfer-encoding|chunked|3#abcX#0##|400",
            })
    void refusesBodiesOverTheLimitAndBroken(String header, String value, String text, int status) {
        var refused =
                assertThrows(RefusedRequest.class, () -> body(Map.of(header, value), text.replace("#", "\r\n"), 10));

        assertEquals(status, refused.status());
    }

    @Test
    void refusesTwoLengths() {
        var headers = Map.of("content-length", "3", "transfer-encoding", "chunked");

        assertEquals(
                400,
                assertThrows(RefusedRequest.class, () -> body(headers, "abc", 10))
                        .status());
    }

    @Test
    void hearsOfABodyThatEndsEarly() {
        assertThrows(EOFException.class, () -> body(Map.of("content-length", "9"), "abc", 10));
    }

    private static String body(Map<String, String> headers, String text, int limit) throws Exception {
        var head = new RequestHead("PUT", "/", "", headers);
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new String(HttpRequest.of(head, Optional.empty(), in).body(limit), StandardCharsets.UTF_8);
    }
}
