package io.nodeplane.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger OURS = LoggerFactory.getLogger(LoggingTest.class);
    private static final Logger LIBRARY = LoggerFactory.getLogger("some.library.Client");

    private final LogBuffer heard = new LogBuffer(10);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        Logging.setStream(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logging.attach(heard);
    }

    @AfterEach
    void stop() {
        Logging.detach(heard);
        Logging.setStream(System.err);
        Logging.setLevel("info");
    }

    @Test
    void keepsKeyValuePairsApartFromTheMessage() {
        OURS.atInfo().addKeyValue("node", "n-1").addKeyValue("peers", 3).log("node registered");

        var event = heard.drain(1).getFirst();
        assertEquals("node registered", event.message());
        assertEquals(Map.of("node", "n-1", "peers", "3"), event.fields());
        assertEquals("runtime.logging.LoggingTest", event.logger());
    }

    @Test
    void printsAStackTraceAtErrorOnly() {
        OURS.atWarn().setCause(new IOException("disk full")).log("write failed");
        OURS.atError().setCause(new IOException("disk full")).log("write failed");

        var events = heard.drain(2);
        assertEquals(
                Map.of("error", "java.io.IOException: disk full"),
                events.getFirst().fields());
        assertEquals("", events.getFirst().stackTrace());
        assertTrue(events.getLast().stackTrace().contains("LoggingTest"));
        assertTrue(written.toString(StandardCharsets.UTF_8).contains("    java.io.IOException: disk full"));
    }

    @Test
    void obeysTheConfiguredLevel() {
        Logging.setLevel("warn");
        OURS.atInfo().log("silent");
        Logging.setLevel("DEBUG");
        OURS.atDebug().log("loud");

        assertEquals("loud", heard.drain(9).getFirst().message());
        assertEquals(1, written.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void takesAnUnknownLevelAsInfo() {
        Logging.setLevel("chatty");

        assertTrue(OURS.isInfoEnabled());
        assertFalse(OURS.isDebugEnabled());
    }

    @Test
    void letsLibrariesSpeakFromWarnOn() {
        Logging.setLevel("debug");
        LIBRARY.info("request {} took {}", 1, 2);
        LIBRARY.warn("connection {} lost", "c-1");

        assertEquals("connection c-1 lost", heard.drain(9).getFirst().message());
    }
}
