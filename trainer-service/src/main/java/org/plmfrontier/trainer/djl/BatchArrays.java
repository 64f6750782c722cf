package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.plmfrontier.trainer.batch.PaddedBatch;

/** Batches as the scripts take them. For the engine's thread only. */
final class BatchArrays {
    /** Extent of the last but one dimension of {@link #packed}'s second array. */
    private static final int NOT_PADDED = 1;

    private static final int PADDED = 2;

    /** Up to here every whole number is one of float32. */
    private static final int EXACT = 1 << 24;

    private BatchArrays() {}

    /** Tokens and scale [rows, columns], selected [places], on the manager's device: for reading a model. */
    static NDList plain(NDManager step, PaddedBatch batch) {
        Shape shape = new Shape(batch.rows(), batch.columns());
        return new NDList(
                step.create(batch.tokens(), shape), step.create(batch.scale(), shape), step.create(batch.selected()));
    }

    /**
     * All of a batch as one array on the host, so that it is one copy to the device, and an empty array whose shape tells the
     * sizes, so that the script reads no number back; {@code training.torchscript} has both.
     *
     * @param weight factor of the summed loss
     * @throws IllegalArgumentException where a place is no whole number in float32, beyond 16 million tokens
     */
    static NDList packed(NDManager step, PaddedBatch batch, double weight) {
        if (batch.tokens().length > EXACT) {
            throw new IllegalArgumentException("batch of " + batch.tokens().length + " tokens, at most " + EXACT);
        }
        NDManager host = step.newSubManager(Device.cpu());
        int tokens = batch.tokens().length;
        int places = batch.selected().length;
        float[] packed = new float[2 * tokens + 2 * places + 1];
        for (int i = 0; i < tokens; i++) {
            packed[i] = batch.tokens()[i];
        }
        System.arraycopy(batch.scale(), 0, packed, tokens, tokens);
        for (int i = 0; i < places; i++) {
            packed[2 * tokens + i] = batch.selected()[i];
            packed[2 * tokens + places + i] = batch.targets()[i];
        }
        packed[2 * tokens + 2 * places] = (float) weight;
        Shape sizes = new Shape(batch.rows(), batch.columns(), places, batch.isPadded() ? PADDED : NOT_PADDED, 0);
        return new NDList(host.create(packed), host.create(sizes, DataType.INT32));
    }
}
