package org.plmfrontier.trainer.engine;

import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.batch.PaddedBatch;

/**
 * A model that is read and not trained: its parameters alone are on the device. Calls may wait, since the device is shared
 * with training. Not thread-safe.
 */
public interface ProteinModel extends AutoCloseable {
    ModelShape shape();

    /** Whether its embeddings are rescaled as ESM-2's are, in evaluation too. */
    boolean tokenDropout();

    /**
     * Natural logarithms of the probabilities of all 29 tokens at the selected places, in double precision.
     *
     * @return [selected][29], in the order of the places
     */
    double[][] logProbabilities(PaddedBatch batch);

    /** Frees the device memory. */
    @Override
    void close();
}
