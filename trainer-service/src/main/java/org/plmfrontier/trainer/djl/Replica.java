package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * A model on one of several devices: the parameters of its own tensors, which are consecutive, with their moments, and of all other
 * tensors what products take; a gradient while it computes one. Everything but {@link #device} is for that device's thread.
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
    private final long numbers;

    /** Results belong to the manager of the first argument. */
    private final NDArray mark;

    /** What gradients are added to [numbers of all tensors]; nothing between steps. */
    private @Nullable NDArray gathered;

    /**
     * Reads a replica.
     *
     * @param manager of its arrays, which closing the replica closes
     * @param share its own tensors, and how much of a step it computes
     */
    private Replica(
            EngineDevice device,
            NDManager manager,
            ModelSettings settings,
            Attention attention,
            TensorSource state,
            Share share)
            throws IOException {
        StateLayout layout = Networks.state(settings.shape());
        this.device = device;
        this.from = share.from();
        this.to = share.to();
        this.manager = manager;
        this.attention = attention;
        this.mark = manager.zeros(new Shape());
        this.archive = ModelScript.archive(settings, attention, device.multipliesBf16());
        this.script = device.scripts().take(archive);
        this.numbers = layout.parameters().stream().mapToLong(TensorSpec::size).sum();
        this.parameters = own(DeviceTensors.read(manager, layout.parameters(), state));
        this.firstMoments = DeviceTensors.read(manager, layout.firstMoments().subList(from, to), state);
        this.secondMoments = DeviceTensors.read(manager, layout.secondMoments().subList(from, to), state);
        float steps = state.read(layout.stepCount()).getFloat();
        for (int i = from; i < to; i++) {
            stepCounts.add(manager.full(new Shape(), steps, DataType.FLOAT32));
        }
        long others = Float.BYTES * numbers * share.heldGradients();
        this.memory = StepMemory.of(device, settings, attention, others);
        script.call(
                        "own_state",
                        lists(
                                firstMoments,
                                secondMoments,
                                stepCounts,
                                new NDList(manager.zeros(new Shape(), DataType.FLOAT64))))
                .close();
        gather();
        device.entered();
    }

    /**
     * What one device does of a step.
     *
     * @param from first of its own tensors
     * @param to behind the last one
     * @param heldGradients sums of gradients that it holds at most while it computes a further one
     */
    record Share(int from, int to, int heldGradients) {}

    /** A replica on a device; on its thread. */
    static Replica open(
            EngineDevice device, ModelSettings settings, Attention attention, TensorSource state, Share share)
            throws IOException {
        NDManager manager = NDManager.newBaseManager(device.device(), "PyTorch");
        try {
            return new Replica(device, manager, settings, attention, state, share);
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
        if (gathered == null) {
            gather();
        }
        try (NDManager step = manager.newSubManager()) {
            double loss = 0;
            for (PaddedBatch part : memory.parts(batch)) {
                loss += script.call("micro", BatchArrays.whole(step, part, weight, attention))
                        .getDouble();
            }
            return loss;
        }
    }

    /** The gathered gradient [numbers of all tensors]; the caller's. The next one begins at zero. */
    NDArray gradient() {
        NDArray gradient = Objects.requireNonNull(gathered, "no record was computed");
        script.call("gathered", new NDList(mark)).close();
        gathered = null;
        return gradient;
    }

    /** The sum of two gradients, in place of the left one. */
    NDArray sum(NDArray left, NDArray right) {
        left.addi(right);
        right.close();
        return left;
    }

    /** The part of a gradient that belongs to a replica, a view; the caller's. */
    NDArray part(NDArray gradient, Replica of) {
        try (NDManager step = manager.newSubManager()) {
            return owned(script.call("part", new NDList(gradient, of.range(step, Float.BYTES))));
        }
    }

    /** Norms of a gradient of the own tensors, one of each. */
    float[] norms(NDArray gradient) {
        try (NDManager step = manager.newSubManager();
                NDArray norms = script.call("norms", new NDList(gradient, range(step, Float.BYTES)))) {
            return norms.toFloatArray();
        }
    }

    /** Global norm of a gradient. */
    double norm(float[] norms) {
        try (NDManager step = manager.newSubManager()) {
            return script.call("norm_of", new NDList(step.create(norms))).getDouble();
        }
    }

    /**
     * One optimiser step of the own tensors.
     *
     * @param gradient of the own tensors, closed here
     * @param norm of all
     */
    void step(NDArray gradient, double norm, double learningRate) {
        try (NDManager step = manager.newSubManager();
                NDArray own = gradient) {
            NDManager host = step.newSubManager(Device.cpu());
            NDArray everywhere = step.create((float) norm);
            NDList arguments = new NDList(own, everywhere, host.create(learningRate), range(step, Float.BYTES));
            script.call("step_own", arguments).close();
        }
    }

    /** Those of the own parameters that others keep in numbers of so many bytes, in these; the caller's. DJL has no type for two. */
    NDArray given(int bytes) {
        try (NDManager step = manager.newSubManager()) {
            return owned(script.call("given", new NDList(mark, range(step, bytes))));
        }
    }

    /** A copy of an array on another replica's device, which owns it. */
    NDArray sent(NDArray array, Replica to) {
        return to.owned(script.call("sent", new NDList(array, to.mark)));
    }

    /** Takes over what another replica has {@link #given}. */
    void take(NDArray given, int bytes, Replica of) {
        try (NDManager step = manager.newSubManager()) {
            script.call("take", new NDList(given, of.range(step, bytes))).close();
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

    /** Float32 parameters of the own tensors. */
    NDList ownParameters() {
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

    /** Bytes of parameters, moments and gathered gradients here. */
    long heldBytes() {
        try (NDArray bytes = script.call("held_bytes", new NDList(mark))) {
            return bytes.getLong();
        }
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

    private void gather() {
        NDArray zeros = manager.zeros(new Shape(numbers));
        script.call("gather", new NDList(zeros)).close();
        gathered = zeros;
    }

    /** The own parameters; the script keeps what it needs of the others. */
    private NDList own(NDList all) {
        try (NDManager step = manager.newSubManager()) {
            NDList arguments = new NDList(range(step, Float.BYTES));
            arguments.addAll(lists(all));
            script.call("keep", arguments).close();
        }
        for (int i = 0; i < all.size(); i++) {
            if (i < from || i >= to) {
                all.get(i).close();
            }
        }
        return all.subNDList(from, to);
    }

    /** An array without numbers whose shape is the range of own tensors, and says in which numbers. */
    private NDArray range(NDManager step, int bytes) {
        return step.newSubManager(Device.cpu()).create(new Shape(from, to, bytes, 0), DataType.INT32);
    }

    /** Arrays under names that make one argument of each list. */
    private static NDList lists(NDList... lists) {
        NDList all = new NDList();
        for (int i = 0; i < lists.length; i++) {
            for (NDArray array : lists[i]) {
                array.setName("list" + i + "[]");
                all.add(array);
            }
        }
        return all;
    }
}
