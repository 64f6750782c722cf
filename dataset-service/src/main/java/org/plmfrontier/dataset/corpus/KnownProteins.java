package org.plmfrontier.dataset.corpus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.dataset.fingerprint.Fingerprint;
import org.plmfrontier.dataset.fingerprint.FingerprintSet;

/**
 * Proteins by their residues, to recognise each where it comes again: whole ones, and ones of which only a window is known. A
 * window is looked for at every place of a protein, by a hash that rolls along and, where that agrees, by its fingerprint. Memory:
 * about a hundred bytes a protein. Not thread-safe.
 */
final class KnownProteins {
    /** Odd, so that no residue's weight vanishes modulo 2^64. */
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private final FingerprintSet whole = new FingerprintSet();
    private final Map<Integer, Windows> windows = new HashMap<>();

    /** Windows of one length. */
    private static final class Windows {
        private final Set<Long> rolling = new HashSet<>();
        private final FingerprintSet prints = new FingerprintSet();
    }

    /** Adds a protein of which all residues are known. */
    void addWhole(byte[] residues, int length) {
        Fingerprint print = Fingerprint.of(residues, length);
        whole.add(print.high(), print.low());
    }

    /** Adds a protein of which these residues are a part. */
    void addWindow(byte[] residues) {
        Windows same = windows.computeIfAbsent(residues.length, length -> new Windows());
        same.rolling.add(hash(residues, residues.length));
        Fingerprint print = Fingerprint.of(residues, residues.length);
        same.prints.add(print.high(), print.low());
    }

    /** Whether a protein equals one that is known whole, or holds the window of another. */
    boolean holds(byte[] residues, int length) {
        Fingerprint print = Fingerprint.of(residues, length);
        if (whole.contains(print.high(), print.low())) {
            return true;
        }
        for (Map.Entry<Integer, Windows> one : windows.entrySet()) {
            if (one.getKey() <= length && holds(residues, length, one.getKey(), one.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(byte[] residues, int length, int window, Windows known) {
        long first = power(window - 1);
        long hash = hash(residues, window);
        for (int at = 0; ; at++) {
            if (known.rolling.contains(hash) && isKnown(residues, at, window, known)) {
                return true;
            }
            if (at + window == length) {
                return false;
            }
            hash = (hash - residues[at] * first) * BASE + residues[at + window];
        }
    }

    private static boolean isKnown(byte[] residues, int at, int window, Windows known) {
        byte[] part = new byte[window];
        System.arraycopy(residues, at, part, 0, window);
        Fingerprint print = Fingerprint.of(part, window);
        return known.prints.contains(print.high(), print.low());
    }

    private static long hash(byte[] residues, int length) {
        long hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * BASE + residues[i];
        }
        return hash;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }
}
