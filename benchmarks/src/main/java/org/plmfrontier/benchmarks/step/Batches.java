package org.plmfrontier.benchmarks.step;

import java.util.SplittableRandom;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;

/** Batches of random proteins, all of one length: what a length-bucketed log brings. */
public final class Batches {
    private static final int STANDARD_RESIDUES = 20;

    private Batches() {}

    /**
     * A masked batch.
     *
     * @param tokens tokens of the batch; a multiple of the length
     * @param length tokens of each sequence, START and END included
     */
    public static PaddedBatch of(int tokens, int length, long seed) {
        int rows = tokens / length;
        byte[] ids = new byte[rows * length];
        int[] lengths = new int[rows];
        SplittableRandom random = new SplittableRandom(seed);
        for (int row = 0; row < rows; row++) {
            lengths[row] = length;
            for (int i = 0; i < length; i++) {
                ids[row * length + i] = (byte) (Vocabulary.FIRST_RESIDUE + random.nextInt(STANDARD_RESIDUES));
            }
            ids[row * length] = Vocabulary.START;
            ids[(row + 1) * length - 1] = Vocabulary.END;
        }
        TokenBatch record = new TokenBatch("benchmark", 0, ids, lengths);
        return PaddedBatch.of(new ResidueMasking(Masking.BERT, seed).mask(record, 0), false);
    }
}
