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
    private final long[] contexts = new long[CONTEXTS * CONTEXTS];

    public void add(byte[] tokens) {
        visit(tokens, (context, residue) -> {
            contexts[context]++;
            counts[context * RESIDUES + residue]++;
        });
    }

    /** Sum over a sequence's residues of -ln P, nats, with one count added per residue: (n + 1) / (context + 25). */
    public double negativeLogLikelihood(byte[] tokens) {
        double[] sum = new double[1];
        visit(tokens, (context, residue) -> {
            double probability = (counts[context * RESIDUES + residue] + 1.0) / (contexts[context] + RESIDUES);
            sum[0] -= Math.log(probability);
        });
        return sum[0];
    }

    private interface Transition {
        void accept(int context, int residue);
    }

    private static void visit(byte[] tokens, Transition transition) {
        int before = NOTHING;
        int last = NOTHING;
        for (byte token : tokens) {
            if (Vocabulary.isResidue(token)) {
                int residue = token - Vocabulary.FIRST_RESIDUE;
                transition.accept(before * CONTEXTS + last, residue);
                before = last;
                last = residue;
            }
        }
    }
}
