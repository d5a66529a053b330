package io.nodeplane.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    @Test
    void readsRequestLineQueryAndHeaders() throws Exception {
        var head =
                read("PUT /v1/a%2Fb/c?version=3&x=%41 HTTP/1.1\r\nIF-Match: 7\r\nAccept: a\r\naccept: b\r\n\r\nbody");

        assertEquals("PUT", head.method());
        assertEquals("/v1/a%2Fb/c", head.path());
        assertEquals(List.of("v1", "a/b", "c"), head.segments());
        assertEquals(Optional.of("3"), head.parameter("version"));
        assertEquals(Optional.of("A"), head.parameter("x"));
        assertEquals(Optional.empty(), head.parameter("y"));
        assertEquals(Optional.of("7"), head.header("if-match"));
        assertEquals(Optional.of("a, b"), head.header("accept"));
    }

    @Test
    void leavesTheBodyWhereItIs() throws Exception {
        var in = stream("POST / HTTP/1.1\r\n\r\nbody");

        RequestHead.read(in, 8192);

        assertEquals("body", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void takesTheFormForProxies() throws Exception {
        assertEquals(
                "/v1/peers", read("GET http://plexd/v1/peers HTTP/1.1\r\n\r\n").path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%2", "/%", "/%zz", "/a%2fb%"})
    void refusesBrokenEscapes(String path) throws Exception {
        var head = read("GET " + path + " HTTP/1.1\r\n\r\n");

        assertEquals(400, assertThrows(RefusedRequest.class, head::segments).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense\\r\\n\\r\\n|400",
                "GET / HTTP/2\\r\\n\\r\\n|400",
                "GET noslash HTTP/1.1\\r\\n\\r\\n|400",
                "GET  / HTTP/1.1\\r\\n\\r\\n|400",
                "GET / HTTP/1.1\\r\\nno colon\\r\\n\\r\\n|400",
                "GET / HTTP/1.1\\r\\nName : x\\r\\n\\r\\n|400",
                "GET / HTTP/1.1\\r\\nA: b\\r\\n folded: c\\r\\n\\r\\n|400",
            })
    void refusesWhatIsNoRequest(String text, int status) {
        var request = text.replace("\\r\\n", "\r\n");

        assertEquals(
                status, assertThrows(RefusedRequest.class, () -> read(request)).status());
    }

    @Test
    void refusesALongHeader() {
        var request = "GET / HTTP/1.1\r\nX: " + "x".repeat(9000);

        assertEquals(
                431, assertThrows(RefusedRequest.class, () -> read(request)).status());
    }

    @Test
    void hearsOfAConnectionThatEnds() {
        assertThrows(IOException.class, () -> read("GET / HTTP/1.1\r\n"));
    }

    private static RequestHead read(String text) throws IOException, RefusedRequest {
        return RequestHead.read(stream(text), 8192);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
