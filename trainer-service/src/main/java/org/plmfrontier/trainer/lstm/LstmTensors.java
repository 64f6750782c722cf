package org.plmfrontier.trainer.lstm;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.parameter.InitialValues;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * Two stacks of torch.nn.LSTM, forward and backward, between an embedding and an output of their own.
 *
 * <p>Matrices begin as torch.nn.Linear's do, biases at 0. The embedding is not tied to the output and has variance 1 as
 * torch.nn.Embedding's, else next to nothing would reach the first layer.
 */
final class LstmTensors {
    private static final int GATES = 4;
    /** Half the width of a uniform distribution of variance 1. */
    private static final double UNIT_VARIANCE = Math.sqrt(3);

    private LstmTensors() {}

    static List<TensorSpec> of(ModelShape shape) {
        int hidden = shape.ffnSize();
        List<TensorSpec> table = new ArrayList<>();
        table.add(TensorSpec.of(
                "embed.weight", new InitialValues.Uniform(UNIT_VARIANCE), Vocabulary.SIZE, shape.dModel()));
        for (String direction : List.of("fwd", "bwd")) {
            for (int layer = 0; layer < shape.layers(); layer++) {
                addLayer(table, direction, layer, layer == 0 ? shape.dModel() : hidden, hidden);
            }
        }
        table.add(TensorSpec.of("out.weight", InitialValues.linear(2 * hidden), Vocabulary.SIZE, 2 * hidden));
        table.add(TensorSpec.of("out.bias", InitialValues.ZEROS, Vocabulary.SIZE));
        return List.copyOf(table);
    }

    private static void addLayer(List<TensorSpec> table, String direction, int layer, int in, int hidden) {
        int rows = GATES * hidden;
        table.add(TensorSpec.of(direction + ".weight_ih_l" + layer, InitialValues.linear(in), rows, in));
        table.add(TensorSpec.of(direction + ".weight_hh_l" + layer, InitialValues.linear(hidden), rows, hidden));
        table.add(TensorSpec.of(direction + ".bias_ih_l" + layer, InitialValues.ZEROS, rows));
        table.add(TensorSpec.of(direction + ".bias_hh_l" + layer, InitialValues.ZEROS, rows));
    }
}
