package io.nodeplane.plexd.pipeline;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process to be killed: appends records to a spool and delivers some, and tells each deed to a file when it is done. */
final class SpoolWriter {
    private SpoolWriter() {}

    /** Arguments: spool directory, file to tell to, name of this run. Ends only by being killed, or after 100,000 records. */
    public static void main(String[] arguments) throws IOException {
        try (var told = new FileOutputStream(arguments[1], true);
                var spool = Spool.open(Path.of(arguments[0]), 64 << 20, new TextJson(), (reason, lost) -> {
                    throw new IllegalStateException(lost + " records lost: " + reason);
                })) {
            for (var i = 0; i < 100_000; i++) {
                var record = arguments[2] + ":" + i;
                spool.append(List.of(record));
                tell(told, "stored " + record);
                if (i % 3 == 2) {
                    var batch = spool.peek(2, Integer.MAX_VALUE);
                    for (var delivered : batch.records()) {
                        tell(told, "delivered " + delivered);
                    }
                    spool.acknowledge(batch.first() + batch.records().size());
                }
            }
        }
    }

    private static void tell(FileOutputStream told, String line) throws IOException {
        told.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
