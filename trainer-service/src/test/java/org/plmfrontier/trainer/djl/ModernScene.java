package org.plmfrontier.trainer.djl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.masking.Objective;
import org.plmfrontier.trainer.modern.ModernReference;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.slice.Studies;

/** A modern model whose weights are large enough for every part to matter, a padded batch, and the reference for both. */
final class ModernScene {
    private static final int ROWS = 3;
    private static final int LENGTH = 24;

    private final ModelShape shape;
    private final Map<String, double[]> weights = new LinkedHashMap<>();
    private final PaddedBatch batch;

    ModernScene(ModelShape shape) {
        this.shape = shape;
        for (TensorSpec tensor : Networks.parameters(shape)) {
            weights.put(tensor.name(), values(tensor));
        }
        Objective objective = Objective.of(shape.family(), Masking.BERT, 3);
        this.batch = PaddedBatch.of(
                objective.mask(Studies.records("c", 1, ROWS, LENGTH, 3).getFirst(), 0), false);
    }

    PaddedBatch batch() {
        return batch;
    }

    Map<String, double[]> weights() {
        return weights;
    }

    /** The weights as a state without moments. */
    ByteBuffer read(TensorSpec tensor) {
        ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (!tensor.name().startsWith("adam.")) {
            for (double value : weights.get(tensor.name())) {
                bytes.putFloat((float) value);
            }
        }
        return bytes.rewind();
    }

    /** Logits [rows * columns][29] of the reference, row by row without padding; 0 at PAD. */
    double[][] logits(Map<String, double[]> tensors) {
        ModernReference reference = new ModernReference(
                tensors,
                shape.heads(),
                shape.layers(),
                shape.architecture().causal(),
                shape.normalisesQueriesAndKeys());
        double[][] logits = new double[batch.tokens().length][Vocabulary.SIZE];
        for (int row = 0; row < batch.rows(); row++) {
            int from = row * batch.columns();
            int[] padded = Arrays.copyOfRange(batch.tokens(), from, from + batch.columns());
            int[] tokens =
                    Arrays.stream(padded).filter(t -> t != Vocabulary.PAD).toArray();
            double[][] own = reference.logits(tokens);
            System.arraycopy(own, 0, logits, from, own.length);
        }
        return logits;
    }

    /** Mean loss of the reference at the selected places, nats. */
    double loss(Map<String, double[]> tensors) {
        double[][] logits = logits(tensors);
        double sum = 0;
        for (int i = 0; i < batch.selected().length; i++) {
            double[] row = logits[batch.selected()[i]];
            double total = Arrays.stream(row).map(Math::exp).sum();
            sum += Math.log(total) - row[(int) batch.targets()[i]];
        }
        return sum / batch.selected().length;
    }

    /** Matrices uniform in twice torch.nn.Linear's bound, norms between a half and one and a half, as float32 holds them. */
    private static double[] values(TensorSpec tensor) {
        SplitMix64 random = SplitMix64.at(11, tensor.name().hashCode());
        boolean matrix = tensor.shape().size() == 2;
        double bound = matrix ? 2 / Math.sqrt(tensor.shape().get(1)) : 0.5;
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((matrix ? 0 : 1) + bound * (2 * random.nextUnit() - 1));
        }
        return values;
    }
}
