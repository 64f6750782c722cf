package org.plmfrontier.trainer.contact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Scores of a protein's pairs, the higher the likelier a contact.
 *
 * @param scores i * residues + j for i < j [residues * residues]; not copied
 */
record PairScores(ContactProtein protein, double[] scores) {
    /**
     * Share of contacts among the best predictions of a range. As many are looked at as the protein has residues, divided by a
     * number and rounded down, one at least; all pairs of the range where there are fewer. Equal scores rank by place.
     *
     * @return empty where the range holds no pair that counts
     */
    OptionalDouble precision(Range range, int divisor) {
        List<Integer> pairs = new ArrayList<>();
        int length = protein.length();
        for (int i = 0; i < length; i++) {
            for (int j = i + 1; j < length; j++) {
                if (range.holds(protein.numbers()[j] - protein.numbers()[i]) && protein.counts(i, j)) {
                    pairs.add(i * length + j);
                }
            }
        }
        if (pairs.isEmpty()) {
            return OptionalDouble.empty();
        }
        pairs.sort(Comparator.<Integer>comparingDouble(pair -> -scores[pair]).thenComparing(pair -> pair));
        int looked = Math.min(pairs.size(), Math.max(1, length / divisor));
        long right = pairs.subList(0, looked).stream()
                .filter(pair -> protein.contacts().get(pair))
                .count();
        return OptionalDouble.of((double) right / looked);
    }
}
