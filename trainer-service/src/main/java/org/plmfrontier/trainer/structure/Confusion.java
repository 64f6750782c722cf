package org.plmfrontier.trainer.structure;

import java.util.List;

/**
 * How often residues of each state were predicted as each state.
 *
 * @param counts [true state][predicted state]; not copied
 */
record Confusion(long[][] counts) {
    private static final int STATES = LabelledProtein.LETTERS.length();

    static Confusion of(byte[] states, int[] predicted) {
        long[][] counts = new long[STATES][STATES];
        for (int i = 0; i < states.length; i++) {
            counts[states[i]][predicted[i]]++;
        }
        return new Confusion(counts);
    }

    /** A sum in which each one counts so often. */
    static Confusion sum(List<Confusion> parts, int[] times) {
        long[][] counts = new long[STATES][STATES];
        for (int i = 0; i < times.length; i++) {
            for (int k = 0; k < STATES * STATES && times[i] > 0; k++) {
                counts[k / STATES][k % STATES] += times[i] * parts.get(i).counts[k / STATES][k % STATES];
            }
        }
        return new Confusion(counts);
    }

    long total() {
        long total = 0;
        for (long[] row : counts) {
            for (long count : row) {
                total += count;
            }
        }
        return total;
    }

    /** Share of the residues predicted right; NaN without residues. */
    double q3() {
        long right = 0;
        for (int state = 0; state < STATES; state++) {
            right += counts[state][state];
        }
        return (double) right / total();
    }

    /** 2 true positives / (2 true positives + false positives + false negatives); NaN where the state is nowhere. */
    double f1(int state) {
        long either = 0;
        for (int other = 0; other < STATES; other++) {
            either += counts[state][other] + counts[other][state];
        }
        return 2.0 * counts[state][state] / either;
    }
}
