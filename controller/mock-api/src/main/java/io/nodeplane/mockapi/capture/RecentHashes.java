package io.nodeplane.mockapi.capture;

/** Finds values that came twice among at least the last {@link #GENERATION} ones. Not thread-safe. */
final class RecentHashes {
    /** Values per generation; two generations take 8 MB. */
    private static final int GENERATION = 250_000;

    private HashSet64 current = new HashSet64();
    private HashSet64 previous = new HashSet64();

    /** True when the same bytes were seen before. */
    boolean isRepeated(byte[] bytes) {
        long hash = hash(bytes);
        boolean repeated = previous.contains(hash) || current.contains(hash);
        if (current.size() == GENERATION) {
            previous = current;
            current = new HashSet64();
        }
        current.add(hash);
        return repeated;
    }

    /** FNV-1a of 64 bits: a clash among half a million values has a chance of one in 10^8. Zero is the free slot. */
    private static long hash(byte[] bytes) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    /** Open addressing over primitive longs: boxed ones would take ten times the memory. */
    private static final class HashSet64 {
        private long[] slots = new long[1 << 10];
        private int size;

        int size() {
            return size;
        }

        boolean contains(long hash) {
            return slots[slot(slots, hash)] == hash;
        }

        void add(long hash) {
            int slot = slot(slots, hash);
            if (slots[slot] == hash) {
                return;
            }
            slots[slot] = hash;
            size++;
            if (size * 2 > slots.length) {
                grow();
            }
        }

        private void grow() {
            var larger = new long[slots.length * 2];
            for (long hash : slots) {
                if (hash != 0) {
                    larger[slot(larger, hash)] = hash;
                }
            }
            slots = larger;
        }

        /** The slot of a hash, or the free one where it would go; there is always a free one. */
        private static int slot(long[] slots, long hash) {
            int slot = (int) (hash ^ hash >>> 32) & slots.length - 1;
            while (slots[slot] != 0 && slots[slot] != hash) {
                slot = slot + 1 & slots.length - 1;
            }
            return slot;
        }
    }
}
