package org.plmfrontier.dataset.statistics;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * What the nearest visible residues on both sides tell of a residue. Each side is an order-2 chain that is read towards
 * the residue, with back-off to one neighbour and to the frequencies: {@code P(t | h) = (n(h, t) + K P(t | shorter h)) /
 * (n(h) + K)}, K = {@value #BACK_OFF} (MacKay and Peto 1995). A side ends before a residue that shows MASK; the end of the
 * sequence is a context of its own. A neighbour that was replaced at random looks like any other. Given the residue the sides count as independent: {@code P(t | left,
 * right)} is proportional to {@code P(t | left) P(t | right) / P(t)}. Immutable.
 */
final class NeighbourModel {
    /** Counts of the shorter context that weigh as much as the longer one's own. */
    static final double BACK_OFF = 100;

    private static final int RESIDUES = ResidueCounts.RESIDUES;
    private static final int EDGE = RESIDUES;
    private static final int HIDDEN = RESIDUES + 1;
    private static final int KINDS = RESIDUES + 2;

    /** How often three symbols stood in a row; NOTHING and END of {@link MarkovCounts} are symbols, too. */
    @FunctionalInterface
    interface Triples {
        long count(int first, int second, int third);
    }

    private final double[] frequencies;
    private final double[][] left;
    private final double[][] right;

    NeighbourModel(Triples triples) {
        frequencies = smoothed(total(triples), uniform(), RESIDUES);
        left = side(
                (near, t) -> pairs(triples, near == EDGE ? MarkovCounts.NOTHING : near, t),
                (far, near, t) -> triples.count(far == EDGE ? MarkovCounts.NOTHING : far, near, t));
        right = side(
                (near, t) -> pairs(triples, t, near == EDGE ? MarkovCounts.END : near),
                (far, near, t) -> triples.count(t, near, far == EDGE ? MarkovCounts.END : far));
    }

    /**
     * Probability of each residue code at a place, whatever is shown at the place itself.
     *
     * @param input what is shown, all sequences of a record back to back
     * @param from first token of the place's sequence
     * @param to behind its last token
     * @param into filled, one per residue code
     */
    void predict(byte[] input, int place, int from, int to, double[] into) {
        double[] before = left[context(input, place, -1, from, to)];
        double[] behind = right[context(input, place, 1, from, to)];
        double sum = 0;
        for (int t = 0; t < RESIDUES; t++) {
            into[t] = before[t] * behind[t] / frequencies[t];
            sum += into[t];
        }
        for (int t = 0; t < RESIDUES; t++) {
            into[t] /= sum;
        }
    }

    private static int context(byte[] input, int place, int step, int from, int to) {
        int near = kind(input, place + step, from, to);
        int far = near < RESIDUES ? kind(input, place + 2 * step, from, to) : near;
        return far * KINDS + near;
    }

    private static int kind(byte[] input, int place, int from, int to) {
        if (place < from || place >= to) {
            return EDGE;
        }
        int token = input[place];
        if (token == Vocabulary.MASK) {
            return HIDDEN;
        }
        return Vocabulary.isResidue(token) ? token - Vocabulary.FIRST_RESIDUE : EDGE;
    }

    @FunctionalInterface
    private interface Near {
        long count(int near, int residue);
    }

    @FunctionalInterface
    private interface Far {
        long count(int far, int near, int residue);
    }

    /** Distributions by far * KINDS + near; contexts that cannot be asked for stay null. */
    private double[][] side(Near nears, Far fars) {
        double[][] side = new double[KINDS * KINDS][];
        side[HIDDEN * KINDS + HIDDEN] = frequencies;
        for (int near = 0; near <= EDGE; near++) {
            int n = near;
            double[] one = smoothed(counts(t -> nears.count(n, t)), frequencies, BACK_OFF);
            if (near == EDGE) {
                side[EDGE * KINDS + EDGE] = one;
                continue;
            }
            side[HIDDEN * KINDS + near] = one;
            for (int far = 0; far <= EDGE; far++) {
                int f = far;
                side[far * KINDS + near] = smoothed(counts(t -> fars.count(f, n, t)), one, BACK_OFF);
            }
        }
        return side;
    }

    private static long pairs(Triples triples, int first, int second) {
        long sum = 0;
        for (int before = 0; before <= MarkovCounts.NOTHING; before++) {
            sum += triples.count(before, first, second);
        }
        return sum;
    }

    private static double[] total(Triples triples) {
        return counts(t -> {
            long sum = 0;
            for (int before = 0; before <= MarkovCounts.NOTHING; before++) {
                sum += pairs(triples, before, t);
            }
            return sum;
        });
    }

    private static double[] counts(IntToLongFunction count) {
        double[] counts = new double[RESIDUES];
        for (int t = 0; t < RESIDUES; t++) {
            counts[t] = count.applyAsLong(t);
        }
        return counts;
    }

    private static double[] uniform() {
        double[] uniform = new double[RESIDUES];
        Arrays.fill(uniform, 1.0 / RESIDUES);
        return uniform;
    }

    private static double[] smoothed(double[] counts, double[] shorter, double weight) {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        double[] distribution = new double[RESIDUES];
        for (int t = 0; t < RESIDUES; t++) {
            distribution[t] = (counts[t] + weight * shorter[t]) / (total + weight);
        }
        return distribution;
    }
}
