package org.plmfrontier.trainer.contact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.regression.LabelledRows;

/**
 * Pairs that a regression is fitted to: all that count, or, where their features would need too much memory, a part of them
 * that the seed chooses, each pair as likely as any other.
 *
 * @param share of the pairs that is taken, 1 for all
 */
record TrainingPairs(List<ContactProtein> proteins, double share, long seed) {
    /** Features that are held at once. */
    private static final long FEATURE_BYTES = 256L << 20;

    static TrainingPairs of(List<ContactProtein> proteins, int features, long seed) {
        long pairs = proteins.stream().mapToLong(TrainingPairs::counted).sum();
        long most = FEATURE_BYTES / (Float.BYTES * (long) features);
        return new TrainingPairs(proteins, Math.min(1, (double) most / pairs), seed);
    }

    /** Pairs of a protein that count. */
    static long counted(ContactProtein protein) {
        long pairs = 0;
        for (int i = 0; i < protein.length(); i++) {
            for (int j = i + 1; j < protein.length(); j++) {
                pairs += protein.counts(i, j) ? 1 : 0;
            }
        }
        return pairs;
    }

    /**
     * Features of each protein's pairs; label 1 is a contact.
     *
     * @return in the proteins' order; a protein without a pair is left out
     */
    List<LabelledRows> rows(ProteinModel model) {
        List<LabelledRows> rows = new ArrayList<>();
        int size = model.shape().layers() * model.shape().heads();
        for (int number = 0; number < proteins.size(); number++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the measure was given up after " + number + " training proteins");
            }
            ContactProtein protein = proteins.get(number);
            int[] pairs = pairs(protein, SplitMix64.at(seed, number));
            if (pairs.length > 0) {
                float[][] features = new float[pairs.length][size];
                AttentionFeatures.of(model, protein.protein(), (head, map) -> {
                    for (int i = 0; i < pairs.length; i++) {
                        features[i][head] = (float) map[pairs[i]];
                    }
                });
                rows.add(new LabelledRows(features, labels(protein, pairs), 2));
            }
        }
        return rows;
    }

    private int[] pairs(ContactProtein protein, SplitMix64 random) {
        int[] pairs = new int[(int) counted(protein)];
        int size = 0;
        for (int i = 0; i < protein.length(); i++) {
            for (int j = i + 1; j < protein.length(); j++) {
                if (protein.counts(i, j) && (share >= 1 || random.nextUnit() < share)) {
                    pairs[size++] = i * protein.length() + j;
                }
            }
        }
        return Arrays.copyOf(pairs, size);
    }

    private static byte[] labels(ContactProtein protein, int[] pairs) {
        byte[] labels = new byte[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            labels[i] = (byte) (protein.contacts().get(pairs[i]) ? 1 : 0);
        }
        return labels;
    }
}
