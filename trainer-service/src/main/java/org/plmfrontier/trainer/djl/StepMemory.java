package org.plmfrontier.trainer.djl;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.BatchSize;
import org.plmfrontier.trainer.batch.MicroBatches;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.network.Network;

/**
 * In which parts a model's batches are computed. Where the parts are fixed, they are those of each record by itself, by an
 * estimate in float32: other parts give other bits. Else records are merged, into as few parts as fit.
 */
final class StepMemory {
    private final boolean fixed;
    private final LongSupplier bound;
    private final ToLongFunction<BatchSize> bytes;

    /**
     * Parts by an estimate.
     *
     * @param fixed whether the parts depend on the batch and the configured number only
     * @param bound memory that forward and backward of one part may take, bytes
     */
    StepMemory(ModelSettings settings, Attention attention, boolean fixed, LongSupplier bound) {
        Network network = Networks.of(settings.shape());
        boolean plain = attention == Attention.PLAIN;
        Precision counted = fixed ? Precision.FP32 : settings.precision();
        this.fixed = fixed;
        this.bound = bound;
        ToLongFunction<BatchSize> inRows = size -> network.activationBytes(counted, size, plain);
        this.bytes = attention == Attention.PACKED ? size -> packed(size, inRows) : inRows;
    }

    /** On a device. */
    static StepMemory of(EngineDevice device, ModelSettings settings, Attention attention) {
        return of(device, settings, attention, 0);
    }

    /**
     * On a device where something else comes during a step.
     *
     * @param others bytes of it, which only parts that follow free memory leave alone
     */
    static StepMemory of(EngineDevice device, ModelSettings settings, Attention attention, long others) {
        boolean fixed = device.hasFixedParts(settings);
        return new StepMemory(
                settings, attention, fixed, () -> device.activationBytes(settings) - (fixed ? 0 : others));
    }

    /** Packed rows need memory for their own tokens only; more rows than a grid has make no part. */
    private static long packed(BatchSize size, ToLongFunction<BatchSize> bytes) {
        return size.rows() > VariableLengthKernel.MOST_ROWS ? Long.MAX_VALUE : bytes.applyAsLong(size.asOneRow());
    }

    /** A batch in parts that fit beside what is on the device already. */
    List<PaddedBatch> parts(PaddedBatch batch) {
        return MicroBatches.of(batch, bytes, bound.getAsLong());
    }

    /** The batches of a step in parts that fit beside what is on the device already. */
    List<PaddedBatch> together(List<PaddedBatch> batches) {
        return fixed
                ? batches.stream().flatMap(batch -> parts(batch).stream()).toList()
                : MicroBatches.merged(batches, bytes, bound.getAsLong());
    }
}
