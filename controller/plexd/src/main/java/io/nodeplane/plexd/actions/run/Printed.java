package io.nodeplane.plexd.actions.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeplane.plexd.actions.BoundedOutput;
import io.nodeplane.plexd.actions.ExecutionResult;
import io.nodeplane.plexd.capabilities.ExecutionCallbacks.Output;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The one output of a pulled execution: what was printed, then what was complained about. Kept in parts, for it may be large. */
record Printed(List<byte[]> parts) {
    /** What a callback may carry (protocol facts 8.3). */
    static final int MAX_INLINE = 16 << 10;

    /** Room for the words that tell of a cut. */
    private static final int WORDS = 128;

    static Printed of(ExecutionResult result) {
        return new Printed(
                List.of(result.stdout().getBytes(UTF_8), result.stderr().getBytes(UTF_8)));
    }

    int size() {
        return parts.stream().mapToInt(part -> part.length).sum();
    }

    boolean fitsInline() {
        return size() <= MAX_INLINE;
    }

    /** All of it. */
    Output inline() {
        return new Output.Inline(beginning(size()).text().getBytes(UTF_8));
    }

    /** As much as fits, and that it is not all. */
    Output cut() {
        var text = beginning(MAX_INLINE - WORDS).text() + " " + size() + " bytes in all, the upload failed";
        return new Output.Inline(text.getBytes(UTF_8));
    }

    String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }

    private BoundedOutput beginning(int most) {
        var beginning = new BoundedOutput(most);
        parts.forEach(part -> beginning.write(part, 0, part.length));
        return beginning;
    }
}
