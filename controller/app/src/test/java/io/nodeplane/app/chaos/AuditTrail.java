package io.nodeplane.app.chaos;

import io.nodeplane.mockapi.MockApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every audit event is at the control plane at least once, and they came first in the order of the log. */
final class AuditTrail implements Trial {
    private static final Pattern TIME = Pattern.compile("\"timestamp\":\"([^\"]+)\"");

    private final MockApi api;
    private final Path file;
    private final Random random;
    private @Nullable AuditLog log;

    AuditTrail(MockApi api, Path file, Random random) throws IOException {
        this.api = api;
        this.file = Files.writeString(file, "");
        this.random = random;
    }

    /** The reader begins at the end of a log that it has never seen, so this one begins when an agent has run. */
    @Override
    public void begin() {
        log = AuditLog.begin(file, random);
    }

    /** The log grows by itself. */
    @Override
    public void act(Random some) {}

    @Override
    public void end() throws InterruptedException {
        if (log != null) {
            log.end();
        }
    }

    @Override
    public List<String> open() {
        var lost = new TreeSet<>(IntStream.range(0, written()).boxed().toList());
        arrived().forEach(lost::remove);
        return lost.isEmpty()
                ? List.of()
                : List.of("%d of %d audit events are not at the control plane, the first of them %d, the last %d"
                        .formatted(lost.size(), written(), lost.first(), lost.last()));
    }

    @Override
    public List<String> violations() {
        var violations = new ArrayList<String>();
        var forgotten = api.records("audit", "").lost();
        if (forgotten > 0) {
            violations.add("the mock's window was too small: it forgot " + forgotten + " audit events");
        }
        var first = List.copyOf(new LinkedHashSet<>(arrived()));
        if (!first.equals(first.stream().sorted().toList())) {
            violations.add("audit events came first in another order than they were written");
        }
        return violations;
    }

    @Override
    public String told() {
        return written() + " audit events";
    }

    private int written() {
        return log == null ? 0 : log.written();
    }

    private List<Integer> arrived() {
        return api.records("audit", "").matching().stream()
                .map(record -> TIME.matcher(record.text()))
                .filter(Matcher::find)
                .map(found -> AuditLog.number(Instant.parse(found.group(1))))
                .filter(number -> number >= 0 && number < written())
                .map(Math::toIntExact)
                .toList();
    }
}
