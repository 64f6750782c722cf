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

    /**
     * Hidden states at the selected places. Layer 0 is the embeddings as the first block reads them, scaled by token dropout
     * where the model has it; layer i is what block i gives; the last one is taken behind the final norm, as fair-esm numbers
     * its representations. Of an LSTM, layer i is the outputs of both directions side by side, and there is no norm.
     *
     * @param layers from 0 to the shape's number of layers, ascending
     * @return [layers][selected][channels of the layer]
     * @throws IllegalArgumentException where the layers are none, not ascending, or not the model's
     */
    float[][][] hidden(PaddedBatch batch, int... layers);

    /** Whether its layers attend; an LSTM's do not. */
    boolean attends();

    /**
     * Attention probabilities of one sequence, layer by layer: one layer at a time leaves the device.
     *
     * @param sequence a single row
     * @throws IllegalArgumentException where there are more rows
     * @throws UnsupportedOperationException where the model does not attend
     */
    void attention(PaddedBatch sequence, AttentionReader reader);

    /** Receives attention maps. */
    @FunctionalInterface
    interface AttentionReader {
        /**
         * A layer's maps.
         *
         * @param layer from 0
         * @param maps probabilities [heads][queries][keys], flattened
         */
        void read(int layer, float[] maps);
    }

    /** Frees the device memory. */
    @Override
    void close();
}
