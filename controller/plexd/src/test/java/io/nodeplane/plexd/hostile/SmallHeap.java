package io.nodeplane.plexd.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/** Program: all trials one after the other, each outcome on a line; for a process with the heap of a node's agent. */
final class SmallHeap {
    /** What the rest of the agent keeps alive (DESIGN.md, Memory). */
    private static final int BALLAST = 8 << 20;

    private SmallHeap() {}

    public static void main(String[] arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        var ballast = new byte[BALLAST];
        for (var group : Corpus.all()) {
            if (arguments.length > 0 && !group.name().contains(arguments[0])) {
                continue;
            }
            for (var row : group.rows()) {
                out.println("begin\t" + group.name() + ": " + row.name());
                var outcome = group.outcome(row);
                out.println(
                        outcome.startsWith(row.expected())
                                ? "as expected"
                                : "wrong\t" + group.name() + ": " + row.name() + "\t" + outcome + "\texpected\t"
                                        + row.expected());
            }
        }
        out.println("done\t" + ballast.length);
    }
}
