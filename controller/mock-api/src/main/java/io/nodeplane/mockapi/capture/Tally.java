package io.nodeplane.mockapi.capture;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Counts numbered records exactly, over any volume: one bit per number. It tells what is missing and what came twice.
 * Thread-safe.
 */
public final class Tally {
    /** The largest number that is taken: 12.5 MB of bits. */
    private static final int MOST = 100_000_000;

    private final String endpoint;
    private final Pattern pattern;
    private final BitSet seen = new BitSet();
    private long count;

    /**
     * A tally of the records of an endpoint that contain a pattern.
     *
     * @param pattern regular expression whose first group is a decimal number, such as {@code probe-(\d+)}
     */
    public Tally(String endpoint, Pattern pattern) {
        if (pattern.matcher("").groupCount() < 1) {
            throw new IllegalArgumentException("pattern: expected one group with the number, got \"" + pattern + "\"");
        }
        this.endpoint = endpoint;
        this.pattern = pattern;
    }

    /**
     * Numbers seen so far.
     *
     * @param count matching records
     * @param distinct different numbers among them; {@code count - distinct} came more than once
     * @param first smallest number, -1 when none
     * @param last largest number, -1 when none
     * @param missing numbers between first and last that did not come
     * @param firstMissing smallest of these, -1 when none
     */
    public record Report(long count, long distinct, int first, int last, long missing, int firstMissing) {}

    synchronized void add(String from, byte[] record) {
        if (!from.equals(endpoint)) {
            return;
        }
        var matcher = pattern.matcher(new String(record, StandardCharsets.UTF_8));
        if (matcher.find() && matcher.group(1) != null) {
            number(matcher.group(1));
        }
    }

    private void number(String digits) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= 0 && number <= MOST) {
                seen.set(number);
                count++;
            }
        } catch (NumberFormatException e) {
            // A number of more digits than an int is none of ours.
        }
    }

    /** What was seen so far. */
    public synchronized Report report() {
        int first = seen.nextSetBit(0);
        if (first < 0) {
            return new Report(0, 0, -1, -1, 0, -1);
        }
        int last = seen.length() - 1;
        int distinct = seen.cardinality();
        long missing = (long) last - first + 1 - distinct;
        return new Report(count, distinct, first, last, missing, missing == 0 ? -1 : seen.nextClearBit(first));
    }
}
