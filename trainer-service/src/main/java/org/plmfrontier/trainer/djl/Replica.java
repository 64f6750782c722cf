package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSource;

/**
 * All parameters and a gradient of a model on one of several devices, with the moments of its own tensors, which are consecutive.
 * Everything but {@link #device} is for that device's thread.
 */
final class Replica implements AutoCloseable {
    private final EngineDevice device;
    private final NDManager manager;
    private final Attention attention;
    private final TorchScriptArchive archive;
    private final ScriptModule script;
    private final StepMemory memory;
    private final int from;
    private final int to;
    private final NDList parameters;
    private final NDList firstMoments;
    private final NDList secondMoments;
    private final NDList stepCounts = new NDList();
    /** Results belong to the manager of the first argument. */
    private final NDArray mark;

    /**
     * Reads a replica.
     *
     * @param manager of its arrays, which closing the replica closes
     * @param range its own tensors
     */
    private Replica(
            EngineDevice device,
            NDManager manager,
            ModelSettings settings,
            Attention attention,
            TensorSource state,
            Range range)
            throws IOException {
        StateLayout layout = Networks.state(settings.shape());
        this.device = device;
        this.from = range.from();
        this.to = range.to();
        this.manager = manager;
        this.attention = attention;
        this.parameters = DeviceTensors.read(manager, layout.parameters(), state);
        this.firstMoments = DeviceTensors.read(manager, layout.firstMoments().subList(from, to), state);
        this.secondMoments = DeviceTensors.read(manager, layout.secondMoments().subList(from, to), state);
        float steps = state.read(layout.stepCount()).getFloat();
        NDList gradients = new NDList();
        for (NDArray parameter : parameters) {
            gradients.add(manager.zeros(parameter.getShape()));
        }
        for (int i = from; i < to; i++) {
            stepCounts.add(manager.full(new Shape(), steps, DataType.FLOAT32));
        }
        this.mark = manager.zeros(new Shape());
        this.memory = StepMemory.of(device, settings, attention);
        this.archive = ModelScript.archive(settings, attention, device.multipliesBf16());
        this.script = device.scripts().take(archive);
        handOver(gradients);
        device.entered();
    }

    /**
     * Consecutive tensors.
     *
     * @param to behind the last one
     */
    record Range(int from, int to) {}

    /** A replica on a device; on its thread. */
    static Replica open(
            EngineDevice device, ModelSettings settings, Attention attention, TensorSource state, Range range)
            throws IOException {
        NDManager manager = NDManager.newBaseManager(device.device(), "PyTorch");
        try {
            return new Replica(device, manager, settings, attention, state, range);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    EngineDevice device() {
        return device;
    }

    /** Adds a record's gradient to those before; its loss. */
    double micro(PaddedBatch batch, double weight) {
        try (NDManager step = manager.newSubManager()) {
            double loss = 0;
            for (PaddedBatch part : memory.parts(batch)) {
                loss += script.call("micro", BatchArrays.whole(step, part, weight, attention))
                        .getDouble();
            }
            return loss;
        }
    }

    /** The gathered gradient [parameters of all tensors], which is zero afterwards; the caller's. */
    NDArray gradient() {
        return owned(script.call("flat_gradient", new NDList(mark)));
    }

    /** The sum of two gradients, in place of the left one. */
    NDArray sum(NDArray left, NDArray right) {
        left.addi(right);
        right.close();
        return left;
    }

    /** Global norm of a gradient. */
    double norm(NDArray gradient) {
        try (NDArray norm = script.call("norm_of", new NDList(gradient))) {
            return norm.getDouble();
        }
    }

    /** A replica's part of a gradient; the caller's. */
    NDArray part(NDArray gradient, Replica of) {
        try (NDManager step = manager.newSubManager()) {
            return owned(script.call("part", new NDList(gradient, range(step, of))));
        }
    }

    /**
     * One optimiser step of the own tensors.
     *
     * @param gradient of the own tensors, closed here
     * @param norm of all
     * @return the own parameters behind it, the caller's
     */
    NDArray step(NDArray gradient, double norm, double learningRate) {
        try (NDManager step = manager.newSubManager();
                NDArray own = gradient) {
            NDManager host = step.newSubManager(Device.cpu());
            NDArray everywhere = step.create((float) norm);
            return owned(
                    script.call("step_own", new NDList(own, everywhere, host.create(learningRate), range(step, this))));
        }
    }

    /** Takes over the parameters of another replica's own tensors. */
    void take(NDArray values, Replica of) {
        try (NDManager step = manager.newSubManager()) {
            script.call("take", new NDList(values, range(step, of))).close();
        }
    }

    LossSums evaluate(PaddedBatch batch) {
        LossSums sums = LossSums.NONE;
        try (NDManager step = manager.newSubManager()) {
            for (PaddedBatch part : memory.parts(batch)) {
                double[] values = script.call("evaluate", BatchArrays.whole(step, part, 1, attention))
                        .toDoubleArray();
                sums = sums.plus(new LossSums(values[0], values[1], values[2], values[3]));
            }
        }
        return sums;
    }

    NDList parameters() {
        return parameters;
    }

    NDList firstMoments() {
        return firstMoments;
    }

    NDList secondMoments() {
        return secondMoments;
    }

    NDArray stepCount() {
        return stepCounts.head();
    }

    @Override
    public void close() {
        device.scripts().giveBack(archive, script);
        manager.close();
        device.left();
    }

    /** The array, which goes when the replica does. */
    NDArray owned(NDArray array) {
        array.attach(manager);
        return array;
    }

    /** An array without numbers whose shape is the range of own tensors. */
    private static NDArray range(NDManager step, Replica of) {
        return step.newSubManager(Device.cpu()).create(new Shape(of.from, of.to, 0), DataType.INT32);
    }

    private void handOver(NDList gradients) {
        NDList all = new NDList();
        List<NDList> lists = List.of(
                parameters,
                firstMoments,
                secondMoments,
                stepCounts,
                gradients,
                new NDList(manager.zeros(new Shape(), DataType.FLOAT64)));
        for (int i = 0; i < lists.size(); i++) {
            for (NDArray array : lists.get(i)) {
                array.setName("list" + i + "[]");
                all.add(array);
            }
        }
        script.call("init", all).close();
    }
}
