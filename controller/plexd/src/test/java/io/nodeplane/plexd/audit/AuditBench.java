package io.nodeplane.plexd.audit;

import io.nodeplane.plexd.follow.InMemoryPositions;
import io.nodeplane.plexd.pipeline.Source.Intake;
import io.nodeplane.plexd.pipeline.Spool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * How fast audit lines are read, alone and into the spool. Prints a table, asserts nothing.
 *
 * <p>{@code e2e/bench/audit.sh} runs it with the agent's flags.
 */
public final class AuditBench {
    private long lines;

    private AuditBench() {}

    /** Argument: MiB of audit lines, 200 if there is none. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var mebibytes = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        var directory = Files.createTempDirectory("audit-bench");
        try {
            System.out.printf("%-28s %12s %10s%n", "audit lines", "lines/s", "MB/s");
            measure("read, first time", directory, mebibytes, records -> {});
            measure("read, warm", directory, mebibytes, records -> {});
            try (var spool = Spool.open(directory.resolve("spool"), 1L << 30, new AuditJson(), (reason, lost) -> {})) {
                measure("read and spooled (synced)", directory, mebibytes, spool::append);
            }
        } finally {
            delete(directory);
        }
    }

    private static void measure(String name, Path directory, int mebibytes, Intake<AuditRecord> intake)
            throws IOException, InterruptedException {
        var bench = new AuditBench();
        var log = directory.resolve("audit.log");
        Files.writeString(log, "");
        try (var reader = new KubernetesAuditLog(log, "node-1", new InMemoryPositions())) {
            reader.collect(records -> {});
            var expected = write(log, mebibytes);
            var begin = System.nanoTime();
            while (bench.lines < expected) {
                reader.collect(records -> {
                    bench.lines += records.size();
                    intake.accept(records);
                });
            }
            var seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%-28s %12.0f %10.1f%n", name, expected / seconds, Files.size(log) / 1e6 / seconds);
        }
    }

    private static long write(Path log, int mebibytes) throws IOException {
        var size = 0L;
        var count = 0;
        try (var out = new BufferedOutputStream(Files.newOutputStream(log), 1 << 20)) {
            while (size < (long) mebibytes << 20) {
                var line = line(count);
                out.write(line);
                size += line.length;
                count++;
            }
        }
        return count;
    }

    /** One event of about a kilobyte, as the API server writes it. */
    private static byte[] line(int number) {
        return """
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse",\
            "auditID":"2b5d9a4e-7f0c-4c5f-9d1e-%012d","stage":"ResponseComplete",\
            "requestURI":"/api/v1/namespaces/kube-system/pods/coredns-%d?timeout=10s","verb":"update",\
            "user":{"username":"system:node:worker-1","groups":["system:nodes","system:authenticated"]},\
            "sourceIPs":["172.18.0.3"],"userAgent":"kubelet/v1.34.3 (linux/amd64) kubernetes/abcdef0",\
            "objectRef":{"resource":"pods","namespace":"kube-system","name":"coredns-%d","apiVersion":"v1"},\
            "responseStatus":{"metadata":{},"code":200},"requestObject":{"kind":"Pod",\
            "metadata":{"labels":{"k8s-app":"kube-dns","pod-template-hash":"66bc5c9577"}},\
            "status":{"conditions":[{"type":"Ready","status":"True",\
            "lastTransitionTime":"2026-02-20T12:00:00Z"},{"type":"Initialized","status":"True"}],\
            "containerStatuses":[{"name":"coredns","ready":true,"restartCount":0,"image":"coredns:v1.12.1"}]}},\
            "requestReceivedTimestamp":"2026-02-20T12:00:00.123456Z","stageTimestamp":"2026-02-20T12:00:00.130000Z",\
            "annotations":{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":""}}
            """.formatted(number, number, number).getBytes(StandardCharsets.UTF_8);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
