package org.plmfrontier.trainer.contact;

import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.protein.Protein;

/**
 * A feature per attention head for each pair of residues (Rao et al. 2020, section 3; fair-esm's ContactPredictionHead): the map
 * without START and END, whose rows are not divided again, plus its transpose, less what rows and columns explain: the average
 * product correction F_ij - F_i. F_.j / F_.. (Dunn et al. 2008).
 */
final class AttentionFeatures {
    private AttentionFeatures() {}

    /** Receives the features of a head. */
    @FunctionalInterface
    interface HeadReader {
        /**
         * A head.
         *
         * @param head layer * heads per layer + head, from 0
         * @param features symmetric, i * residues + j; the array is used again
         */
        void read(int head, double[] features);
    }

    /**
     * Features of a protein, layer by layer.
     *
     * @throws ArithmeticException where the model's attention is not finite
     */
    static void of(ProteinModel model, Protein protein, HeadReader reader) {
        int length = protein.length();
        int columns = length + 2;
        double[] features = new double[length * length];
        int heads = model.shape().heads();
        model.attention(batch(model, protein), (layer, maps) -> {
            for (int head = 0; head < heads; head++) {
                symmetrise(maps, head * columns * columns, length, features);
                correct(features, length);
                reader.read(layer * heads + head, features);
            }
        });
    }

    private static void symmetrise(float[] maps, int offset, int length, double[] features) {
        int columns = length + 2;
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < length; j++) {
                double there = maps[offset + (i + 1) * columns + j + 1];
                double back = maps[offset + (j + 1) * columns + i + 1];
                features[i * length + j] = there + back;
            }
        }
    }

    /** A map without attention between residues stays as it is. */
    private static void correct(double[] features, int length) {
        double[] sums = new double[length];
        double total = 0;
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < length; j++) {
                sums[i] += features[i * length + j];
            }
            total += sums[i];
        }
        if (!Double.isFinite(total)) {
            throw new ArithmeticException("attention is not finite");
        }
        for (int i = 0; i < length * length && total > 0; i++) {
            features[i] -= sums[i / length] * sums[i % length] / total;
        }
    }

    private static PaddedBatch batch(ProteinModel model, Protein protein) {
        byte[] tokens = protein.tokens();
        MaskedRecord record = new MaskedRecord(tokens, new int[] {1}, new byte[1], new int[] {tokens.length});
        return PaddedBatch.of(record, model.tokenDropout());
    }
}
