package org.plmfrontier.trainer.parameter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.plmfrontier.contracts.random.SplitMix64;

/**
 * The state of a run before its first step, from a seed: every matrix, the embedding included, uniform in plus or minus
 * 1 / sqrt(columns), biases 0, norms 1 and 0, moments 0.
 *
 * <p>For matrices this is torch.nn.Linear's own rule (Kaiming uniform with a = sqrt(5), He et al. 2015); for the tied
 * embedding it makes the first logits about as large as one nat, where fair-esm's N(0, 1) would make them as large as
 * sqrt(d). An LSTM's embedding is not tied: it has variance 1 as torch.nn.Embedding's, else the first layer would hear next
 * to nothing. The number of a value depends on the seed, its tensor's name and its place only.
 */
public final class InitialWeights implements TensorSource {
    private final long seed;

    public InitialWeights(long seed) {
        this.seed = seed;
    }

    @Override
    public ByteBuffer read(TensorSpec tensor) {
        ByteBuffer values = ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        if (tensor.name().startsWith("adam.")) {
            return values;
        }
        if (tensor.shape().size() == 2) {
            fillUniform(tensor, values);
        } else if (tensor.name().endsWith("norm.weight") || tensor.name().endsWith("norm_after.weight")) {
            fillOnes(values);
        }
        return values.rewind();
    }

    private void fillUniform(TensorSpec tensor, ByteBuffer values) {
        boolean untied = tensor.name().equals("embed.weight");
        double bound = untied ? Math.sqrt(3) : 1 / Math.sqrt(tensor.shape().get(1));
        SplitMix64 random = SplitMix64.at(seed, tensor.name().hashCode());
        while (values.hasRemaining()) {
            values.putFloat((float) (bound * (2 * random.nextUnit() - 1)));
        }
    }

    private static void fillOnes(ByteBuffer values) {
        while (values.hasRemaining()) {
            values.putFloat(1);
        }
    }
}
