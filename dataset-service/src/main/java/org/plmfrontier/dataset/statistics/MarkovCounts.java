package org.plmfrontier.dataset.statistics;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * An order-2 Markov chain over residues: counts of a residue after the two before it. A place before the sequence's
 * first residue is a context of its own, so the first two residues are predicted too. Marks are neither predicted nor
 * context; the end of a sequence is counted behind its last two residues and not predicted. Not thread-safe.
 *
 * <p>A count's place is the three residues, five bits each, so that the next place follows from the last one by a shift.
 * Counts are kept in 32 bits, which stay in the cache, and are added up in time.
 */
public final class MarkovCounts {
    private static final int RESIDUES = ResidueCounts.RESIDUES;
    private static final int BITS = 5;
    private static final int LAST = (1 << BITS) - 1;
    private static final int TWO = (1 << (2 * BITS)) - 1;
    /** Stands before the first residue of a sequence. */
    static final int NOTHING = RESIDUES;
    /** Stands behind the last residue of a sequence. */
    static final int END = RESIDUES + 1;

    private static final int START = (NOTHING << BITS) | NOTHING;

    private final long[] counts = new long[1 << (3 * BITS)];
    private final int[] recent = new int[1 << (3 * BITS)];
    private int recentTokens;

    public void add(byte[] tokens) {
        if (recentTokens > Integer.MAX_VALUE - tokens.length - 1) {
            settle();
        }
        recentTokens += tokens.length + 1;
        int place = START;
        for (byte token : tokens) {
            int residue = token - Vocabulary.FIRST_RESIDUE;
            if (residue >= 0) {
                place = ((place & TWO) << BITS) | residue;
                recent[place]++;
            }
        }
        recent[((place & TWO) << BITS) | END]++;
    }

    /** What was counted so far as both sides of a residue. */
    NeighbourModel neighbours() {
        settle();
        return new NeighbourModel((first, second, third) -> counts[(((first << BITS) | second) << BITS) | third]);
    }

    /** How often each residue was added, whatever came before it. */
    public ResidueCounts residues() {
        settle();
        long[] sums = new long[RESIDUES];
        for (int place = 0; place < counts.length; place++) {
            if ((place & LAST) < RESIDUES) {
                sums[place & LAST] += counts[place];
            }
        }
        return new ResidueCounts(sums);
    }

    private void settle() {
        if (recentTokens == 0) {
            return;
        }
        for (int place = 0; place < counts.length; place++) {
            counts[place] += recent[place];
            recent[place] = 0;
        }
        recentTokens = 0;
    }

    /** Sum over a sequence's residues of -ln P, nats, with one count added per residue: (n + 1) / (context + 25). */
    public double negativeLogLikelihood(byte[] tokens) {
        settle();
        double sum = 0;
        int place = START;
        for (byte token : tokens) {
            int residue = token - Vocabulary.FIRST_RESIDUE;
            if (residue >= 0) {
                int context = (place & TWO) << BITS;
                place = context | residue;
                sum -= Math.log((counts[place] + 1.0) / (total(context) + RESIDUES));
            }
        }
        return sum;
    }

    private double total(int context) {
        long total = 0;
        for (int residue = 0; residue < RESIDUES; residue++) {
            total += counts[context + residue];
        }
        return total;
    }
}
