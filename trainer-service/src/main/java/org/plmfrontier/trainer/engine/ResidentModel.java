package org.plmfrontier.trainer.engine;

import java.io.IOException;
import java.util.List;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.parameter.TensorSink;

/** A model on the device with its optimiser's state. Not thread-safe. */
public interface ResidentModel extends AutoCloseable {
    /**
     * Forward, loss at the selected places, backward; the gradient is added to those of earlier calls.
     *
     * @param weight factor of the summed loss, 1 / selected places of the whole step
     * @return weight times the summed loss, nats; NaN or infinite where training broke down
     */
    double micro(PaddedBatch batch, double weight);

    /**
     * Clips the gathered gradient by its global norm, takes one optimiser step and forgets the gradient. A norm that is
     * not finite changes nothing.
     *
     * @return global norm before clipping
     */
    double apply(double learningRate);

    /**
     * One optimiser step: {@link #micro} of all batches, then {@link #apply}. It returns as soon as the device has the work, so
     * that the next step can be given to it before the numbers of this one are read.
     *
     * @param weight factor of the summed losses, 1 / selected places of all batches
     */
    default PendingStep step(List<PaddedBatch> batches, double weight, double learningRate) {
        double loss = 0;
        for (PaddedBatch batch : batches) {
            loss += micro(batch, weight);
        }
        return PendingStep.done(loss, apply(learningRate));
    }

    /** Loss summed over the selected places in double precision; without gradient. */
    LossSums evaluate(PaddedBatch batch);

    /** How many batches {@link #evaluate(LossSums, List)} had best be given: between them nobody is asked whether to go on. */
    default int evaluatedTogether() {
        return 1;
    }

    /**
     * As {@link #evaluate(PaddedBatch)} of several batches, which a device may compute together.
     *
     * @param before sums of earlier batches
     * @return these and all that are before, added one after the other where they are computed so
     */
    default LossSums evaluate(LossSums before, List<PaddedBatch> batches) {
        LossSums sums = before;
        for (PaddedBatch batch : batches) {
            sums = sums.plus(evaluate(batch));
        }
        return sums;
    }

    /** Writes the whole state, see {@link org.plmfrontier.trainer.parameter.StateLayout}. */
    void save(TensorSink sink) throws IOException;

    /** Copies the whole state into host memory, so that it can be written while the model trains on. */
    StateSnapshot snapshot();

    /** Frees the device memory. */
    @Override
    void close();
}
