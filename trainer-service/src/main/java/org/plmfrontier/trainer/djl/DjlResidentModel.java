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
import org.plmfrontier.trainer.batch.MicroBatches;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.LossSums;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.StateSnapshot;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.network.Network;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * A model whose tensors Java owns and the script updates in place. Each call's own arrays live in a manager that is closed
 * at its end, so memory stays flat.
 */
final class DjlResidentModel implements ResidentModel {
    private final EngineDevice device;
    private final EngineThread thread;
    private final NDManager manager;
    private final ModelSettings settings;
    private final Attention attention;
    private final TorchScriptArchive archive;
    private final ScriptModule script;
    private final Network network;
    private final StateLayout layout;
    private final NDList parameters;
    private final NDList firstMoments;
    private final NDList secondMoments;
    private final NDList stepCounts = new NDList();
    private final NDList gradients = new NDList();

    private DjlResidentModel(
            EngineDevice device, NDManager manager, ModelSettings settings, Attention attention, TensorSource state)
            throws IOException {
        this.device = device;
        this.thread = device.thread();
        this.manager = manager;
        this.settings = settings;
        this.attention = attention;
        this.network = Networks.of(settings.shape());
        this.layout = StateLayout.of(network.parameters());
        this.parameters = DeviceTensors.read(manager, layout.parameters(), state);
        this.firstMoments = DeviceTensors.read(manager, layout.firstMoments(), state);
        this.secondMoments = DeviceTensors.read(manager, layout.secondMoments(), state);
        float steps = state.read(layout.stepCount()).getFloat();
        for (NDArray parameter : parameters) {
            stepCounts.add(manager.full(new Shape(), steps, DataType.FLOAT32));
            gradients.add(manager.zeros(parameter.getShape()));
        }
        this.archive = ModelScript.archive(settings, attention);
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
        double loss = 0;
        for (PaddedBatch part : parts(batch)) {
            loss += compute(step -> {
                NDList inputs = inputs(step, part);
                inputs.add(step.create((float) weight));
                return script.call("micro", inputs).getDouble();
            });
        }
        return loss;
    }

    @Override
    public double apply(double learningRate) {
        return compute(step ->
                script.call("apply", new NDList(hostScalar(step, learningRate))).getDouble());
    }

    @Override
    public LossSums evaluate(PaddedBatch batch) {
        LossSums sums = LossSums.NONE;
        for (PaddedBatch part : parts(batch)) {
            sums = sums.plus(evaluateWhole(part));
        }
        return sums;
    }

    private LossSums evaluateWhole(PaddedBatch part) {
        return thread.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                double[] sums = script.call("evaluate", inputs(step, part)).toDoubleArray();
                return new LossSums(sums[0], sums[1], sums[2], sums[3]);
            }
        });
    }

    /** The batch in parts that fit beside what is on the device already. */
    private List<PaddedBatch> parts(PaddedBatch batch) {
        boolean plain = attention == Attention.PLAIN;
        return MicroBatches.of(batch, part -> network.activationBytes(part, plain), device.activationBytes(settings));
    }

    /** Hidden states of all places before each layer, behind the last one and behind the final norm, of a transformer. */
    float[] hidden(PaddedBatch batch) {
        return thread.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                NDList inputs = new NDList(inputs(step, batch).subList(0, 2));
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
                NDList inputs = new NDList(inputs(step, batch).subList(0, 2));
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
            sink.write(layout.stepCount(), HostSnapshot.bytes(stepCounts.head()));
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
        List<NDList> lists = List.of(parameters, firstMoments, secondMoments, stepCounts, gradients);
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

    static NDList inputs(NDManager step, PaddedBatch batch) {
        Shape shape = new Shape(batch.rows(), batch.columns());
        return new NDList(
                step.create(batch.tokens(), shape),
                step.create(batch.scale(), shape),
                step.create(batch.selected()),
                step.create(batch.targets()));
    }

    private static void write(TensorSink sink, List<TensorSpec> tensors, NDList values) throws IOException {
        for (int i = 0; i < tensors.size(); i++) {
            sink.write(tensors.get(i), HostSnapshot.bytes(values.get(i)));
        }
    }
}
