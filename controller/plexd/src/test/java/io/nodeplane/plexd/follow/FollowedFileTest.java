package io.nodeplane.plexd.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Growing files through rotation, truncation and restarts (seed "K8sAuditLogReader"). */
class FollowedFileTest {
    @TempDir
    Path directory;

    private final InMemoryPositions positions = new InMemoryPositions();

    private Path log() {
        return directory.resolve("audit.log");
    }

    private void append(String text) throws IOException {
        Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private FollowedFile follow() {
        return new FollowedFile(log(), positions, new byte[64], false);
    }

    /** A file that is there and empty: all that is written to it from here on is to be given. */
    private FollowedFile followEmptyFile() throws IOException {
        append("");
        var file = follow();
        assertEquals(List.of(), round(file));
        return file;
    }

    /** One round; every line is accepted. */
    private static List<String> round(FollowedFile file) throws IOException {
        file.begin();
        return restOfTheRound(file);
    }

    private static List<String> restOfTheRound(FollowedFile file) throws IOException {
        var lines = new ArrayList<String>();
        do {
            for (var line = file.next(); line != null; line = file.next()) {
                lines.add(
                        line.whole()
                                ? line.text()
                                : new String(file.stream(line).readAllBytes(), UTF_8));
            }
            file.accepted();
        } while (file.advance());
        file.save();
        return lines;
    }

    @Test
    void saysThatThereIsNoFileAndReadsItFromItsBeginningWhenItAppears() throws IOException {
        try (var file = follow()) {
            assertThrows(NoSuchFileException.class, file::begin);
            append("a\n");

            assertEquals(List.of("a"), round(file));
        }
    }

    @Test
    void beginsBehindTheLastWholeLineOfAFileThatIsThere() throws IOException {
        append("old\nha");
        try (var file = follow()) {
            assertEquals(List.of(), round(file));
            append("lf\n");

            assertEquals(List.of("half"), round(file));
        }
    }

    @Test
    void givesOnlyWholeLinesAndOnlyOnce() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\nb\nc");
            assertEquals(List.of("a", "b"), round(file));
            assertEquals(List.of(), round(file));
            append("c\n");

            assertEquals(List.of("cc"), round(file));
        }
    }

    @Test
    void givesLinesLongerThanItsBuffer() throws IOException {
        append("");
        var longLine = "x".repeat(200_000);
        try (var file = follow()) {
            assertEquals(List.of(), round(file));
            append("a\n" + longLine);
            assertEquals(List.of("a"), round(file));
            append(longLine + "\nb\n");

            assertEquals(List.of(longLine + longLine, "b"), round(file));
        }
    }

    @Test
    void finishesARenamedFileBeforeItsSuccessor() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\nb\nno line break");
            Files.move(log(), directory.resolve("audit-2026-02-20T12-00-00.000.log"));
            append("c\n");

            assertEquals(List.of("a", "b", "no line break", "c"), round(file));
            assertEquals(List.of(), round(file));
        }
    }

    @Test
    void waitsForASuccessorThatIsNotMadeYet() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\n");
            Files.move(log(), directory.resolve("audit.log.1"));
            assertEquals(List.of("a"), round(file));
            append("b\n");

            assertEquals(List.of("b"), round(file));
        }
    }

    @Test
    void readsAllFilesOfSeveralRotationsBetweenTwoRounds() throws IOException {
        try (var file = followEmptyFile()) {
            for (var rotation = 0; rotation < 3; rotation++) {
                append("line " + rotation + "\n");
                var renamed = directory.resolve("audit-2026-02-20T12-00-0" + rotation + ".000.log");
                Files.move(log(), renamed);
                Files.setLastModifiedTime(renamed, FileTime.fromMillis(1000L * rotation));
            }
            Files.writeString(directory.resolve("audit-policy.yaml"), "not a log\n");
            append("line 3\n");

            assertEquals(List.of("line 0", "line 1", "line 2", "line 3"), round(file));
        }
    }

    @Test
    void readsAnEmptiedFileFromItsBeginning() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\nb\n");
            assertEquals(List.of("a", "b"), round(file));
            Files.writeString(log(), "c\n");

            assertEquals(List.of("c"), round(file));
        }
    }

    @Test
    void noticesAFileThatWasEmptiedAndHasGrownBeyondTheOldPosition() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\n");
            assertEquals(List.of("a"), round(file));
            Files.writeString(log(), "longer than before\n");

            assertEquals(List.of("longer than before"), round(file));
        }
    }

    @Test
    void losesNothingThatIsWrittenToAFileThatIsEmptiedInTheMiddleOfARound() throws IOException {
        try (var file = followEmptyFile()) {
            append("old 1\nold 2\n");
            file.begin();
            assertEquals("old 1", requireNonNull(file.next()).text());
            assertEquals("old 2", requireNonNull(file.next()).text());

            Files.writeString(log(), "new 1\nnew 2\nnew 3\nnew 4\n");

            assertNull(file.next(), "what is behind the old position is no successor of it");
            file.accepted();
            assertEquals(List.of("new 1", "new 2", "new 3", "new 4"), round(file));
        }
    }

    @Test
    void losesNothingThatIsWrittenToAFileThatIsEmptiedBeforeItsLinesAreAccepted() throws IOException {
        try (var file = followEmptyFile()) {
            append("old 1\nold 2\n");
            file.begin();
            assertEquals("old 1", requireNonNull(file.next()).text());

            Files.writeString(log(), "new 1\nnew 2\nnew 3\nnew 4\n");

            file.accepted();
            assertEquals("old 2", requireNonNull(file.next()).text(), "it was read already");
            assertEquals(List.of("new 1", "new 2", "new 3", "new 4"), round(file));
        }
    }

    @Test
    void losesNothingThatIsWrittenToAFileThatIsEmptiedInTheMiddleOfALongLine() throws IOException {
        try (var file = followEmptyFile()) {
            append("o".repeat(200));
            file.begin();
            assertNull(file.next());

            Files.writeString(log(), "new 1\n" + "n".repeat(300) + "\nnew 3\n");

            assertEquals(List.of("new 1", "n".repeat(300), "new 3"), round(file));
        }
    }

    @Test
    void losesNothingThatIsWrittenToAFileThatIsEmptiedAndRenamedInTheMiddleOfARound() throws IOException {
        emptiedAndRenamedInTheMiddleOfARound("c\n", List.of("c", "d"));
    }

    @Test
    void losesNothingThatIsWrittenToAFileThatIsEmptiedAndHasGrownAndIsRenamedInTheMiddleOfARound() throws IOException {
        emptiedAndRenamedInTheMiddleOfARound(
                "longer than all before\nc\n", List.of("longer than all before", "c", "d"));
    }

    private void emptiedAndRenamedInTheMiddleOfARound(String written, List<String> expected) throws IOException {
        try (var file = followEmptyFile()) {
            append("a\nb\n");
            file.begin();
            assertEquals("a", requireNonNull(file.next()).text());
            assertEquals("b", requireNonNull(file.next()).text());
            assertNull(file.next());
            file.accepted();
            Files.writeString(log(), written);
            Files.move(log(), directory.resolve("audit-2026-02-20T12-00-00.000.log"));
            append("d\n");

            assertEquals(expected, restOfTheRound(file));
        }
    }

    @Test
    void goesOnAfterARestartWhereItWas() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\n");
            assertEquals(List.of("a"), round(file));
        }
        append("b\n");

        try (var file = follow()) {
            assertEquals(List.of("b"), round(file));
        }
    }

    @Test
    void finishesAfterARestartTheFileThatWasRotatedMeanwhile() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\n");
            assertEquals(List.of("a"), round(file));
        }
        append("b\n");
        Files.move(log(), directory.resolve("audit-2026-02-20T12-00-00.000.log"));
        append("c\n");

        try (var file = follow()) {
            assertEquals(List.of("b", "c"), round(file));
        }
    }

    @Test
    void givesAgainWhatWasNotAccepted() throws IOException {
        try (var file = followEmptyFile()) {
            append("a\nb\n");
            file.begin();
            assertEquals("a", requireNonNull(file.next()).text());
            file.accepted();
            assertEquals("b", requireNonNull(file.next()).text());

            assertEquals(List.of("b"), round(file));
        }
    }

    @Test
    void keepsPositionsOnDisk() throws IOException {
        var onDisk = new FilePositions(directory.resolve("positions"));
        var position = new FilePosition("259:18", 1L << 40, 7);

        onDisk.save("/var/log/a b.log", position);

        assertEquals(Optional.of(position), onDisk.load("/var/log/a b.log"));
        assertEquals(Optional.empty(), onDisk.load("/var/log/a-b.log"));
    }
}
