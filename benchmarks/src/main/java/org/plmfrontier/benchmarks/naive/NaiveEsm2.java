package org.plmfrontier.benchmarks.naive;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * An ESM-2 encoder as one writes it with DJL: linear, norm, embedding and activation functions of its blocks, attention as
 * products and a softmax, DJL's gradient collector and AdamW. No clipping, so a comparison sets the norm high.
 *
 * <p>Scalars are arrays of the step: a {@code Number} operand is freed by DJL while the gradient still needs it. Not
 * thread-safe.
 */
public final class NaiveEsm2 implements AutoCloseable {
    private static final float NORM_EPSILON = 1e-5f;

    private final ModelShape shape;
    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final ai.djl.training.optimizer.Optimizer optimizer;

    /**
     * Puts the model on the CPU; libtorch must run already.
     *
     * @throws IOException where the state cannot be read
     */
    public NaiveEsm2(ModelShape shape, Optimizer constants, double learningRate, TensorSource state)
            throws IOException {
        this.shape = shape;
        for (TensorSpec tensor : Networks.parameters(shape)) {
            float[] values = new float[tensor.size()];
            state.read(tensor).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
            Shape dimensions = new Shape(
                    tensor.shape().stream().mapToLong(Integer::longValue).toArray());
            NDArray parameter = manager.create(values, dimensions).duplicate();
            parameter.setRequiresGradient(true);
            parameters.put(tensor.name(), parameter);
        }
        this.optimizer = ai.djl.training.optimizer.Optimizer.adamW()
                .optLearningRateTracker(new ConstantRate((float) learningRate))
                .optBeta1((float) constants.beta1())
                .optBeta2((float) constants.beta2())
                .optEpsilon((float) constants.epsilon())
                .optWeightDecays((float) constants.weightDecay())
                .build();
    }

    /**
     * Forward, backward and one step of the optimiser.
     *
     * @return mean loss over the selected places, nats
     */
    public double step(PaddedBatch batch) {
        try (NDManager step = manager.newSubManager()) {
            double loss;
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray mean = loss(step, batch);
                collector.backward(mean);
                loss = mean.toType(DataType.FLOAT64, true).getDouble();
            }
            parameters.forEach(this::update);
            return loss;
        }
    }

    /** Logits of every position, [rows * columns][29]. */
    public float[] logits(PaddedBatch batch) {
        try (NDManager step = manager.newSubManager()) {
            return head(encode(step, batch)).toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private void update(String name, NDArray parameter) {
        try (NDArray gradient = parameter.getGradient()) {
            optimizer.update(name, parameter, gradient);
            gradient.subi(gradient);
        }
    }

    private NDArray loss(NDManager step, PaddedBatch batch) {
        NDArray places = step.create(widened(batch.selected()));
        NDArray hidden = encode(step, batch).get(new NDIndex("{}", places));
        NDArray targets = step.create(batch.targets()).expandDims(1);
        return head(hidden).logSoftmax(-1).gather(targets, 1).mean().neg();
    }

    private NDArray encode(NDManager step, PaddedBatch batch) {
        Shape places = new Shape(batch.rows(), batch.columns());
        NDArray tokens = step.create(batch.tokens(), places);
        NDArray scale = step.create(batch.scale(), places).expandDims(2);
        Rotation rotation = Rotation.of(step, batch.columns(), shape.keySize());
        @Nullable NDArray padding = padding(step, batch);
        NDArray x = Embedding.embedding(tokens, parameter("embed_tokens.weight"), SparseFormat.DENSE)
                .singletonOrThrow()
                .mul(scale);
        for (int layer = 0; layer < shape.layers(); layer++) {
            x = block("layers." + layer + ".", x, padding, rotation);
        }
        return norm(x, "emb_layer_norm_after").reshape(-1, shape.dModel());
    }

    private NDArray block(String layer, NDArray x, @Nullable NDArray padding, Rotation rotation) {
        NDArray attended = attention(layer + "self_attn.", norm(x, layer + "self_attn_layer_norm"), padding, rotation);
        NDArray y = x.add(attended);
        NDArray hidden = Activation.gelu(linear(norm(y, layer + "final_layer_norm"), layer + "fc1"));
        return y.add(linear(hidden, layer + "fc2"));
    }

    private NDArray attention(String prefix, NDArray x, @Nullable NDArray padding, Rotation rotation) {
        NDArray root = x.getManager().create((float) Math.sqrt(shape.keySize()));
        NDArray query = rotation.turn(heads(linear(x, prefix + "q_proj").div(root)));
        NDArray key = rotation.turn(heads(linear(x, prefix + "k_proj")));
        NDArray value = heads(linear(x, prefix + "v_proj"));
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2));
        NDArray open = padding == null ? scores : scores.add(padding);
        NDArray joined = open.softmax(-1).matMul(value).transpose(0, 2, 1, 3);
        return linear(joined.reshape(x.getShape()), prefix + "out_proj");
    }

    /** [rows, columns, d] to [rows, heads, columns, key size]. */
    private NDArray heads(NDArray x) {
        long rows = x.getShape().get(0);
        long columns = x.getShape().get(1);
        return x.reshape(rows, columns, shape.heads(), shape.keySize()).transpose(0, 2, 1, 3);
    }

    private NDArray head(NDArray x) {
        NDArray y = norm(Activation.gelu(linear(x, "lm_head.dense")), "lm_head.layer_norm");
        return Linear.linear(y, parameter("embed_tokens.weight"), parameter("lm_head.bias"))
                .singletonOrThrow();
    }

    /** What is added to the scores: minus infinity at PAD keys, [rows, 1, 1, columns]; null where no row is padded. */
    private static @Nullable NDArray padding(NDManager step, PaddedBatch batch) {
        float[] added = new float[batch.tokens().length];
        boolean padded = false;
        for (int i = 0; i < added.length; i++) {
            boolean pad = batch.tokens()[i] == 0;
            added[i] = pad ? Float.NEGATIVE_INFINITY : 0;
            padded |= pad;
        }
        return !padded ? null : step.create(added, new Shape(batch.rows(), 1, 1, batch.columns()));
    }

    private NDArray linear(NDArray x, String name) {
        return Linear.linear(x, parameter(name + ".weight"), parameter(name + ".bias"))
                .singletonOrThrow();
    }

    private NDArray norm(NDArray x, String name) {
        Shape width = new Shape(shape.dModel());
        NDList normed =
                LayerNorm.layerNorm(x, width, parameter(name + ".weight"), parameter(name + ".bias"), NORM_EPSILON);
        return normed.singletonOrThrow();
    }

    private NDArray parameter(String name) {
        NDArray parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return parameter;
    }

    private static long[] widened(int[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
