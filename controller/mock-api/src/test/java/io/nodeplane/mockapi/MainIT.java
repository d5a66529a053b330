package io.nodeplane.mockapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program as a process of its own. */
@Timeout(120)
final class MainIT {
    private static Process start(String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int check(String url) {
        var sink = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(sink, sink, "-check", url);
    }

    @Test
    void servesPrintsItsAddressAnswersTheCheckAndStopsOnSigterm() throws Exception {
        var process = start("-addr", "127.0.0.1:0", "-tls-addr", "127.0.0.1:0", "-compat");
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var line = String.valueOf(out.readLine());
            assertTrue(line.matches("MOCKAPI_ADDR=127\\.0\\.0\\.1:\\d+"), line);
            var base = "http://" + line.substring("MOCKAPI_ADDR=".length());

            assertEquals(0, check(base + "/v1/ping"));
            assertEquals(1, check(base + "/v1/nothing"));

            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(143, process.exitValue());
            assertEquals(1, check(base + "/v1/ping"));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anAddressInUseEndsWithOne() throws Exception {
        try (var api = MockApi.start(MockApiConfig.loopback())) {
            var process = start("-addr", "127.0.0.1:" + api.address().getPort(), "-tls-addr", "127.0.0.1:0");
            try {
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                assertEquals(1, process.exitValue());
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
