package org.plmfrontier.dataset.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.plmfrontier.contracts.token.Vocabulary;

/** How often each residue occurs. Immutable. */
public final class ResidueCounts {
    /** Residue codes of the vocabulary. */
    public static final int RESIDUES = Vocabulary.SIZE - Vocabulary.FIRST_RESIDUE;

    private final long[] counts;
    private final long total;

    /** @param counts one per residue code, in the order of the vocabulary */
    ResidueCounts(long[] counts) {
        if (counts.length != RESIDUES) {
            throw new IllegalArgumentException("counts must hold " + RESIDUES + " residues, got " + counts.length);
        }
        this.counts = counts.clone();
        this.total = LongStream.of(counts).sum();
    }

    public long total() {
        return total;
    }

    /** Probability of a residue (0 to {@value #RESIDUES} - 1) with one count added to each: (n + 1) / (total + 25). */
    public double smoothed(int residue) {
        return (counts[residue] + 1.0) / (total + RESIDUES);
    }

    /** Entropy of the frequencies, nats per residue; 0 where nothing was counted. */
    public double entropyNats() {
        double entropy = 0;
        for (long count : counts) {
            if (count > 0) {
                double share = (double) count / total;
                entropy -= share * Math.log(share);
            }
        }
        return entropy;
    }

    /** Letter to share of all residues, in the order of the vocabulary, residues that do not occur left out. */
    public Map<String, Double> frequencies() {
        Map<String, Double> frequencies = new LinkedHashMap<>();
        for (int i = 0; i < RESIDUES; i++) {
            if (counts[i] > 0) {
                String letter = String.valueOf(Vocabulary.letterOf(Vocabulary.FIRST_RESIDUE + i));
                frequencies.put(letter, (double) counts[i] / total);
            }
        }
        return frequencies;
    }
}
