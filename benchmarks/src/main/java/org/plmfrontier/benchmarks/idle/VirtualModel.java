package org.plmfrontier.benchmarks.idle;

import java.util.List;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.batch.MicroBatches;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.PendingStep;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.parameter.TensorSink;

/** A model on a {@link VirtualDevice}: its operators are counted and take time, and its loss is always the same. */
final class VirtualModel implements ResidentModel {
    private static final double LOSS = 2.5;
    private final VirtualDevice device;
    private final Network network;
    private final double flopsPerSecond;
    private final double activationBytes;
    private final boolean waits;

    /**
     * A model.
     *
     * @param flopsPerSecond of the device while it computes this shape
     * @param activationBytes memory for a part of a step
     * @param waits whether each record is a part and its numbers are waited for, as before
     */
    VirtualModel(VirtualDevice device, ModelShape shape, double flopsPerSecond, double activationBytes, boolean waits) {
        this.device = device;
        this.network = Networks.of(shape);
        this.flopsPerSecond = flopsPerSecond;
        this.activationBytes = activationBytes;
        this.waits = waits;
    }

    @Override
    public PendingStep step(List<PaddedBatch> batches, double weight, double learningRate) {
        if (waits) {
            return ResidentModel.super.step(batches, weight, learningRate);
        }
        device.launch(Operators.ARRANGE_PER_LAYER * network.shape().layers(), 0);
        for (PaddedBatch part : together(batches)) {
            device.launch(Operators.micro(network.shape().layers()), trainingSeconds(part));
        }
        device.launch(Operators.APPLY, applySeconds());
        double end = device.end();
        return new PendingStep() {
            @Override
            public boolean isDone() {
                return device.hostSeconds() >= end;
            }

            @Override
            public Numbers await() {
                device.await(end);
                return new Numbers(LOSS, 1);
            }
        };
    }

    /** As it was: five copies, whether there is PAD, and the loss, each of which is waited for. */
    @Override
    public double micro(PaddedBatch batch, double weight) {
        for (int copy = 0; copy < Operators.COPIES_BEFORE; copy++) {
            device.copyAndWait((long) batch.tokens().length * Float.BYTES);
        }
        device.launch(1, 0);
        device.await(device.end());
        device.launch(Operators.microBefore(network.shape().layers()), trainingSeconds(batch));
        device.await(device.end());
        return LOSS * weight * batch.selected().length;
    }

    @Override
    public double apply(double learningRate) {
        device.launch(Operators.APPLY, 0);
        device.await(device.end());
        device.launch(Operators.zeroBefore(network.shape().layers()), applySeconds());
        device.await(device.end());
        return 1;
    }

    @Override
    public LossSums evaluate(PaddedBatch batch) {
        device.launch(Operators.evaluate(network.shape().layers()), trainingSeconds(batch) / 3);
        device.await(device.end());
        double sum = LOSS * batch.selected().length;
        return new LossSums(sum, sum, 0, 0);
    }

    @Override
    public int evaluatedTogether() {
        return waits ? 1 : 8;
    }

    @Override
    public LossSums evaluate(LossSums before, List<PaddedBatch> batches) {
        if (waits) {
            return ResidentModel.super.evaluate(before, batches);
        }
        double sum = 0;
        for (PaddedBatch part : together(batches)) {
            device.launch(Operators.evaluate(network.shape().layers()), trainingSeconds(part) / 3);
            sum += LOSS * part.selected().length;
        }
        device.await(device.end());
        return before.plus(new LossSums(sum, sum, 0, 0));
    }

    private List<PaddedBatch> together(List<PaddedBatch> batches) {
        return MicroBatches.merged(
                batches, size -> network.activationBytes(Precision.BF16, size, false), (long) activationBytes);
    }

    /** Rows are computed as long as they are padded. */
    private double trainingSeconds(PaddedBatch part) {
        SequenceLoad load = SequenceLoad.padded(part.rows(), part.columns());
        return FlopCount.training(network.shape(), load) / flopsPerSecond;
    }

    /** The optimiser reads and writes 28 bytes for each parameter. */
    private double applySeconds() {
        return 28.0 * ParameterCount.of(network.shape()).exact() / Operators.MEMORY_BYTES_PER_SECOND;
    }

    @Override
    public void save(TensorSink sink) {
        device.copyAndWait(ParameterCount.of(network.shape()).stateBytes());
    }

    @Override
    public StateSnapshot snapshot() {
        throw new UnsupportedOperationException("a virtual state is saved in line");
    }

    @Override
    public void close() {
        // nothing is there
    }
}
