package org.plmfrontier.dataset.statistics;

import org.plmfrontier.contracts.token.Vocabulary;

/**
 * An order-2 Markov chain over residues: counts of a residue after the two before it. A place before the sequence's
 * first residue is a context of its own, so the first two residues are predicted too. Marks are neither predicted nor
 * context. Not thread-safe.
 */
public final class MarkovCounts {
    private static final int RESIDUES = ResidueCounts.RESIDUES;
    private static final int CONTEXTS = RESIDUES + 1;
    private static final int NOTHING = RESIDUES;

    private final long[] counts = new long[CONTEXTS * CONTEXTS * RESIDUES];

    public void add(byte[] tokens) {
        int before = NOTHING;
        int last = NOTHING;
        for (byte token : tokens) {
            int residue = token - Vocabulary.FIRST_RESIDUE;
            if (residue >= 0) {
                counts[place(before, last) + residue]++;
                before = last;
                last = residue;
            }
        }
    }

    /** Sum over a sequence's residues of -ln P, nats, with one count added per residue: (n + 1) / (context + 25). */
    public double negativeLogLikelihood(byte[] tokens) {
        double sum = 0;
        int before = NOTHING;
        int last = NOTHING;
        for (byte token : tokens) {
            int residue = token - Vocabulary.FIRST_RESIDUE;
            if (residue >= 0) {
                int place = place(before, last);
                sum -= Math.log((counts[place + residue] + 1.0) / (total(place) + RESIDUES));
                before = last;
                last = residue;
            }
        }
        return sum;
    }

    /** Where the counts of a context begin. */
    private static int place(int before, int last) {
        return (before * CONTEXTS + last) * RESIDUES;
    }

    private double total(int place) {
        long total = 0;
        for (int residue = 0; residue < RESIDUES; residue++) {
            total += counts[place + residue];
        }
        return total;
    }
}
