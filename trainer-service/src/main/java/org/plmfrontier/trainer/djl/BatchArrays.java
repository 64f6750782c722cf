package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.network.Attention;

/** Batches as the scripts take them. For the engine's thread only. */
final class BatchArrays {
    /** Extent of the last but one dimension of {@link #padded}'s second array. */
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
     * @param attention whether rows are padded or packed
     * @throws IllegalArgumentException where a place is no whole number in float32, beyond 16 million tokens
     */
    static NDList whole(NDManager step, PaddedBatch batch, double weight, Attention attention) {
        return attention == Attention.PACKED ? packed(step, batch, weight) : padded(step, batch, weight);
    }

    private static NDList padded(NDManager step, PaddedBatch batch, double weight) {
        int tokens = requireExact(batch.tokens().length);
        int places = batch.selected().length;
        float[] whole = new float[2 * tokens + 2 * places + 1];
        for (int i = 0; i < tokens; i++) {
            whole[i] = batch.tokens()[i];
        }
        System.arraycopy(batch.scale(), 0, whole, tokens, tokens);
        for (int i = 0; i < places; i++) {
            whole[2 * tokens + i] = batch.selected()[i];
            whole[2 * tokens + places + i] = batch.targets()[i];
        }
        whole[2 * tokens + 2 * places] = (float) weight;
        return onHost(
                step,
                whole,
                new Shape(batch.rows(), batch.columns(), places, batch.isPadded() ? PADDED : NOT_PADDED, 0));
    }

    /** The rows one behind the other. */
    private static NDList packed(NDManager step, PaddedBatch batch, double weight) {
        int[] lengths = batch.lengths();
        int tokens = requireExact(Arrays.stream(lengths).sum());
        int places = batch.selected().length;
        int positions = 2 * tokens + 2 * places;
        int ends = positions + tokens;
        float[] whole = new float[ends + batch.rows() + 2];
        int longest = 0;
        int end = 0;
        int place = 0;
        for (int row = 0; row < lengths.length; row++) {
            int from = row * batch.columns();
            for (int i = 0; i < lengths[row]; i++) {
                whole[end + i] = batch.tokens()[from + i];
                whole[tokens + end + i] = batch.scale()[from + i];
                whole[positions + end + i] = i;
            }
            while (place < places && batch.selected()[place] < from + batch.columns()) {
                whole[2 * tokens + place] = batch.selected()[place] - from + end;
                whole[2 * tokens + places + place] = batch.targets()[place];
                place++;
            }
            end += lengths[row];
            whole[ends + row + 1] = end;
            longest = Math.max(longest, lengths[row]);
        }
        whole[whole.length - 1] = (float) weight;
        return onHost(step, whole, new Shape(batch.rows(), longest, places, tokens, 0, 0));
    }

    private static int requireExact(int tokens) {
        if (tokens > EXACT) {
            throw new IllegalArgumentException("batch of " + tokens + " tokens, at most " + EXACT);
        }
        return tokens;
    }

    private static NDList onHost(NDManager step, float[] whole, Shape sizes) {
        NDManager host = step.newSubManager(Device.cpu());
        return new NDList(host.create(whole), host.create(sizes, DataType.INT32));
    }
}
