package org.plmfrontier.trainer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.PendingStep;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * A model whose tensors Java owns and the script updates in place. Each call's own arrays live in a manager that is closed
 * at its end, so memory stays flat.
 */
final class DjlResidentModel implements ResidentModel {
    private static final int TOGETHER = 8;

    private final EngineDevice device;
    private final EngineThread thread;
    private final NDManager manager;
    private final ModelSettings settings;
    private final Attention attention;
    private final TorchScriptArchive archive;
    private final ScriptModule script;
    private final StateLayout layout;
    private final NDList parameters;
    private final NDList firstMoments;
    private final NDList secondMoments;
    private final NDList stepCounts = new NDList();
    private final NDList gradients = new NDList();
    private final NDArray stepLoss;
    private final StepMemory memory;
    private final ArrivedSteps arrived = new ArrivedSteps();

    private DjlResidentModel(
            EngineDevice device, NDManager manager, ModelSettings settings, Attention attention, TensorSource state)
            throws IOException {
        this.device = device;
        this.thread = device.thread();
        this.manager = manager;
        this.settings = settings;
        this.attention = attention;
        this.layout = Networks.state(settings.shape());
        this.parameters = DeviceTensors.read(manager, layout.parameters(), state);
        this.firstMoments = DeviceTensors.read(manager, layout.firstMoments(), state);
        this.secondMoments = DeviceTensors.read(manager, layout.secondMoments(), state);
        float steps = state.read(layout.stepCount()).getFloat();
        for (NDArray parameter : parameters) {
            stepCounts.add(manager.full(new Shape(), steps, DataType.FLOAT32));
            gradients.add(manager.zeros(parameter.getShape()));
        }
        this.stepLoss = manager.zeros(new Shape(), DataType.FLOAT64);
        this.memory = StepMemory.of(device, settings, attention);
        this.archive = ModelScript.archive(settings, attention, device.multipliesBf16());
        this.script = device.scripts().take(archive);
    }

    static DjlResidentModel load(
            EngineDevice device, NDManager manager, ModelSettings settings, Attention attention, TensorSource state)
            throws IOException {
        DjlResidentModel model = new DjlResidentModel(device, manager, settings, attention, state);
        model.handOver();
        return model;
    }

    @Override
    public double micro(PaddedBatch batch, double weight) {
        return compute(step -> microNow(step, batch, weight));
    }

    @Override
    public double apply(double learningRate) {
        return compute(step -> numbers(step, learningRate)[1]);
    }

    /**
     * On a CPU the step is over when this returns: record by record, whose losses are added on the host. On a GPU it goes on by
     * itself, in parts as large as fit; a deterministic run is computed record by record there too.
     */
    @Override
    public PendingStep step(List<PaddedBatch> batches, double weight, double learningRate) {
        return thread.call(() -> device.device().isGpu()
                ? begin(batches, weight, learningRate)
                : stepNow(batches, weight, learningRate));
    }

    private PendingStep stepNow(List<PaddedBatch> batches, double weight, double learningRate) {
        try (NDManager step = manager.newSubManager()) {
            double loss = 0;
            for (PaddedBatch batch : batches) {
                loss += microNow(step, batch, weight);
            }
            return PendingStep.done(loss, numbers(step, learningRate)[1]);
        }
    }

    private PendingStep begin(List<PaddedBatch> batches, double weight, double learningRate) {
        arrived.close();
        NDManager step = manager.newSubManager();
        for (PaddedBatch part : memory.together(batches)) {
            script.call("micro", BatchArrays.whole(step, part, weight, attention));
        }
        NDArray numbers = script.call("apply", new NDList(hostScalar(step, learningRate)));
        return new ArrivingStep(HostSnapshot.bytes(numbers), () -> arrived.add(step), this::awaitDevice);
    }

    /** Waits for all that the device has been given. */
    private void awaitDevice() {
        thread.call(() -> stepCounts.head().getFloat());
    }

    private double microNow(NDManager step, PaddedBatch batch, double weight) {
        double loss = 0;
        for (PaddedBatch part : memory.parts(batch)) {
            loss += script.call("micro", BatchArrays.whole(step, part, weight, attention))
                    .getDouble();
        }
        return loss;
    }

    /** Clips, takes the step; the sum of its losses and its norm. */
    private double[] numbers(NDManager step, double learningRate) {
        NDArray numbers = script.call("apply", new NDList(hostScalar(step, learningRate)));
        ArrivingStep arriving = new ArrivingStep(
                HostSnapshot.bytes(numbers), () -> {}, () -> stepCounts.head().getFloat());
        PendingStep.Numbers values = arriving.await();
        return new double[] {values.lossNats(), values.gradientNorm()};
    }

    @Override
    public LossSums evaluate(PaddedBatch batch) {
        LossSums sums = LossSums.NONE;
        for (PaddedBatch part : memory.parts(batch)) {
            sums = sums.plus(evaluateWhole(part));
        }
        return sums;
    }

    @Override
    public int evaluatedTogether() {
        return device.device().isGpu() ? TOGETHER : 1;
    }

    /** On a GPU the records are computed together, and the host waits once. */
    @Override
    public LossSums evaluate(LossSums before, List<PaddedBatch> batches) {
        if (!device.device().isGpu()) {
            return ResidentModel.super.evaluate(before, batches);
        }
        return thread.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                NDList parts = new NDList();
                for (PaddedBatch part : memory.together(batches)) {
                    parts.add(script.call("evaluate", BatchArrays.whole(step, part, 1, attention)));
                }
                LossSums sums = before;
                for (NDArray part : parts) {
                    sums = sums.plus(sums(part));
                }
                return sums;
            }
        });
    }

    private LossSums evaluateWhole(PaddedBatch part) {
        return thread.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                return sums(script.call("evaluate", BatchArrays.whole(step, part, 1, attention)));
            }
        });
    }

    private static LossSums sums(NDArray array) {
        double[] sums = array.toDoubleArray();
        return new LossSums(sums[0], sums[1], sums[2], sums[3]);
    }

    /** Hidden states of all places before each layer, behind the last one and behind the final norm, of a transformer. */
    float[] hidden(PaddedBatch batch) {
        return thread.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                NDList inputs = new NDList(BatchArrays.plain(step, batch).subList(0, 2));
                inputs.add(step.arange(batch.tokens().length));
                inputs.add(step.arange(settings.shape().layers() + 2));
                return script.call("hidden", inputs).toFloatArray();
            }
        });
    }

    /** Logits of every position, [rows * columns][29]. */
    float[] logits(PaddedBatch batch) {
        return thread.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                NDList inputs = new NDList(BatchArrays.plain(step, batch).subList(0, 2));
                return script.call("logits", inputs).toFloatArray();
            }
        });
    }

    /** The gathered gradient, in the order of the parameters. */
    List<float[]> gradients() {
        return thread.call(() -> gradients.stream().map(NDArray::toFloatArray).toList());
    }

    /** Puts a gradient in place of the gathered one. */
    void setGradient(int parameter, float[] values) {
        thread.call(() -> {
            gradients.get(parameter).set(FloatBuffer.wrap(values));
            return true;
        });
    }

    @Override
    public void save(TensorSink sink) throws IOException {
        thread.call(() -> {
            write(sink, layout.parameters(), parameters);
            write(sink, layout.firstMoments(), firstMoments);
            write(sink, layout.secondMoments(), secondMoments);
            write(sink, List.of(layout.stepCount()), new NDList(stepCounts.head()));
            return true;
        });
    }

    @Override
    public StateSnapshot snapshot() {
        return thread.call(
                () -> HostSnapshot.of(layout, List.of(parameters, firstMoments, secondMoments), stepCounts.head()));
    }

    @Override
    public void close() {
        thread.call(() -> {
            device.scripts().giveBack(archive, script);
            manager.close();
            device.left();
            return true;
        });
    }

    private void handOver() {
        NDList all = new NDList();
        List<NDList> lists =
                List.of(parameters, firstMoments, secondMoments, stepCounts, gradients, new NDList(stepLoss));
        for (int i = 0; i < lists.size(); i++) {
            for (NDArray array : lists.get(i)) {
                array.setName("list" + i + "[]");
                all.add(array);
            }
        }
        script.call("init", all).close();
    }

    private double compute(ToDoubleFunction<NDManager> call) {
        return thread.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                return call.applyAsDouble(step);
            }
        });
    }

    /** A number that the script reads on the host: it must not be fetched from the device. */
    private static NDArray hostScalar(NDManager step, double value) {
        return step.newSubManager(Device.cpu()).create(value);
    }

    private static void write(TensorSink sink, List<TensorSpec> tensors, NDList values) throws IOException {
        for (int i = 0; i < tensors.size(); i++) {
            try (HostCopy copy = HostCopy.of(values.get(i))) {
                sink.write(tensors.get(i), copy.bytes());
            }
        }
    }
}
