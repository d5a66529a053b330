package io.nodeplane.mockapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of the mock control plane (seed "Kubernetes E2E Test"). */
final class ArgumentsTest {
    @Test
    void defaultsAreThoseOfTheContract() {
        assertEquals(
                new Arguments(
                        new InetSocketAddress(0),
                        new InetSocketAddress(8443),
                        Mode.DEFAULT,
                        4 << 20,
                        WireContract.V1_SEED,
                        Optional.empty(),
                        false),
                Arguments.parse());
    }

    @Test
    void takesBothForms() {
        var expected = new Arguments(
                new InetSocketAddress(8080),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Mode.STRICT,
                8 << 20,
                WireContract.V1_2026,
                Optional.of(URI.create("http://localhost:8080/v1/ping")),
                true);

        assertEquals(
                expected,
                Arguments.parse(
                        "-addr",
                        ":8080",
                        "-tls-addr=127.0.0.1:0",
                        "-strict",
                        "-window",
                        "8",
                        "-help",
                        "-contract",
                        "v1-2026",
                        "-check",
                        "http://localhost:8080/v1/ping"));
        assertEquals(
                expected,
                Arguments.parse(
                        "--addr=:8080",
                        "--tls-addr",
                        "127.0.0.1:0",
                        "--strict",
                        "--window=8",
                        "--help",
                        "--contract=v1-2026",
                        "--check=http://localhost:8080/v1/ping"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-addr 8080        | --addr: expected host:port or :port with a port of 0 to 65535, got \"8080\"",
                "-tls-addr :x      | --tls-addr: expected host:port or :port with a port of 0 to 65535, got \":x\"",
                "-addr :70000      | --addr: expected host:port or :port with a port of 0 to 65535, got \":70000\"",
                "-window 0         | --window: expected 1 to 256 (MiB), got \"0\"",
                "-window much      | --window: expected 1 to 256 (MiB), got \"much\"",
                "-contract v2      | --contract: expected v1-seed or v1-2026, got \"v2\"",
                "-check ftp://x/   | --check: expected an http or https URL, got \"ftp://x/\"",
                "-compat -strict   | --compat, --strict: expected at most one of them",
            })
    void refusesWrongValuesByName(String args, String fault) {
        var thrown = assertThrows(
                Arguments.BadArgumentsException.class,
                () -> Arguments.parse(args.strip().split(" +")));

        assertEquals(List.of(fault), thrown.faults());
    }

    @Test
    void allFaultsAreNamedAndTheExitCodeIsTwo() {
        var err = new ByteArrayOutputStream();
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

        int code = Main.run(
                out, new PrintStream(err, true, StandardCharsets.UTF_8), "-addr", "x", "-window", "-1", "--unknown");

        var text = err.toString(StandardCharsets.UTF_8);
        assertEquals(2, code);
        assertTrue(text.contains("--addr:"), text);
        assertTrue(text.contains("--window:"), text);
        assertTrue(text.contains("--unknown"), text);
        assertTrue(text.contains("Usage: mock-api"), text);
    }
}
