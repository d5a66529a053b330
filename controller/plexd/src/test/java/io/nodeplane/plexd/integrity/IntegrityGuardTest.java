package io.nodeplane.plexd.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nodeplane.plexd.http.ApiException;
import io.nodeplane.plexd.integrity.Violation.Detection;
import io.nodeplane.plexd.outbox.Outbox;
import io.nodeplane.plexd.outbox.OutboxLimits;
import io.nodeplane.plexd.outbox.OutboxMetrics;
import io.nodeplane.runtime.retry.Backoff;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class IntegrityGuardTest {
    private static final Instant NOON = Instant.parse("2026-02-20T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final List<Violation> told = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private Path jar;
    private Outbox<Violation> outbox;

    @BeforeEach
    void start() throws IOException {
        outbox = outbox();
        outbox.load();
        outbox.start();
        jar = Files.writeString(directory.resolve("program.jar"), "program");
    }

    @AfterEach
    void stop() {
        outbox.close();
    }

    @Test
    void keepsTheBaselineInAFileOfItsOwnerAlone() throws Exception {
        guard("1.0").look(Detection.STARTUP_SCAN);

        var file = directory.resolve("checksums.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                "{\"version\":\"1.0\",\"binary\":{\"" + jar + "\":\"" + Sha256.of(jar) + "\"},\"reported\":{},"
                        + "\"hooks\":{\"/hooks/h\":\"hh\"}}",
                Files.readString(file));
    }

    @Test
    void writesNothingWhileNothingChanges() throws Exception {
        var guard = guard("1.0");
        guard.look(Detection.STARTUP_SCAN);
        Files.delete(directory.resolve("checksums.json"));

        guard.look(Detection.PERIODIC_SCAN);

        assertTrue(Files.notExists(directory.resolve("checksums.json")));
    }

    @Test
    void seesAChangeThatKeepsSizeAndTime() throws Exception {
        var guard = guard("1.0");
        guard.look(Detection.STARTUP_SCAN);
        var time = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "pr0gram");
        Files.setLastModifiedTime(jar, time);

        guard.look(Detection.PERIODIC_SCAN);

        assertTrue(outbox.awaitEmpty(SOON));
        assertEquals(List.of(jar.toString()), told.stream().map(Violation::path).toList());
    }

    @Test
    void tellsAChangeOnceEvenOverAnOutageAndARestart() throws Exception {
        guard("1.0").lookAfterStart();
        Files.writeString(jar, "changed");
        away = true;
        guard("1.0").lookAfterStart();
        outbox.close();

        away = false;
        outbox = outbox();
        outbox.load();
        outbox.start();
        guard("1.0").lookAfterStart();

        assertTrue(outbox.awaitEmpty(SOON));
        assertEquals(1, told.size());
    }

    @Test
    void doesNotAlarmAfterAnUpgrade() throws Exception {
        guard("1.0").lookAfterStart();
        Files.writeString(jar, "next");

        guard("1.1").lookAfterStart();
        guard("1.1").lookAfterStart();

        assertTrue(outbox.awaitEmpty(SOON));
        assertEquals(List.of(), told);
    }

    @Test
    void startsAnewWhenTheBaselineIsDamaged() throws Exception {
        Files.writeString(directory.resolve("checksums.json"), "{\"version\":");

        guard("1.0").lookAfterStart();
        Files.writeString(jar, "changed");
        guard("1.0").lookAfterStart();

        assertTrue(outbox.awaitEmpty(SOON));
        assertEquals(1, told.size());
    }

    @Test
    void tellsAHookThatWasNotRun() throws Exception {
        guard("1.0").refused(Path.of("/hooks/h"), "aa", "bb");

        assertTrue(outbox.awaitEmpty(SOON));
        assertEquals(
                List.of(new Violation(
                        Violation.Kind.HOOK,
                        Detection.PRE_DISPATCH,
                        "/hooks/h",
                        "aa",
                        "bb",
                        "content is not what was asked for, not run (pre_dispatch)",
                        NOON)),
                told);
    }

    private IntegrityGuard guard(String version) {
        return new IntegrityGuard(
                new IntegrityGuard.Subject(version, new ProgramFiles(List.of(jar)), () -> Map.of("/hooks/h", "hh")),
                directory.resolve("checksums.json"),
                Duration.ofMinutes(5),
                outbox,
                () -> NOON,
                new IntegrityMetrics(new PrometheusRegistry()));
    }

    private Outbox<Violation> outbox() {
        var tools = new Outbox.Tools(
                () -> NOON,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 0),
                new Random(1),
                by -> {},
                new OutboxMetrics(new PrometheusRegistry()),
                () -> {});
        return new Outbox<>(
                "violations",
                directory.resolve("outbox"),
                new OutboxLimits(10, 1 << 20, Duration.ofDays(1)),
                new ViolationJson(),
                this::report,
                tools);
    }

    private void report(Violation violation) throws ApiException {
        if (away) {
            throw new ApiException.Unreachable("away", null);
        }
        told.add(violation);
    }
}
