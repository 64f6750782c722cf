package org.plmfrontier.dataset.fingerprint;

/** A set of fingerprints, 32 to 64 bytes for each. Not thread-safe. */
public final class FingerprintSet {
    private long[] table = new long[1 << 11];
    private int size;
    private boolean hasZero;

    /** Adds a fingerprint; whether it was new. */
    public boolean add(long high, long low) {
        if (high == 0 && low == 0) {
            boolean fresh = !hasZero;
            hasZero = true;
            return fresh;
        }
        if (size * 4 >= table.length) {
            grow();
        }
        int slot = slot(table, high, low);
        if (table[slot] != 0 || table[slot + 1] != 0) {
            return false;
        }
        table[slot] = high;
        table[slot + 1] = low;
        size++;
        return true;
    }

    /** Whether a fingerprint was added. */
    public boolean contains(long high, long low) {
        if (high == 0 && low == 0) {
            return hasZero;
        }
        int slot = slot(table, high, low);
        return table[slot] != 0 || table[slot + 1] != 0;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (int at = 0; at < table.length; at += 2) {
            if (table[at] != 0 || table[at + 1] != 0) {
                int slot = slot(larger, table[at], table[at + 1]);
                larger[slot] = table[at];
                larger[slot + 1] = table[at + 1];
            }
        }
        table = larger;
    }

    /** Where the fingerprint is, or the free place where it belongs. */
    private static int slot(long[] table, long high, long low) {
        int mask = table.length - 2;
        int at = (int) (low * 2) & mask;
        while ((table[at] != high || table[at + 1] != low) && (table[at] != 0 || table[at + 1] != 0)) {
            at = (at + 2) & mask;
        }
        return at;
    }
}
