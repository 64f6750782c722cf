package org.plmfrontier.trainer.parameter;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;

/** Two stacks of torch.nn.LSTM, forward and backward, between an embedding and an output of their own. */
final class LstmTable {
    private static final int GATES = 4;

    private LstmTable() {}

    static List<TensorSpec> of(ModelShape shape) {
        int hidden = shape.ffnSize();
        List<TensorSpec> table = new ArrayList<>();
        table.add(TensorSpec.of("embed.weight", Vocabulary.SIZE, shape.dModel()));
        for (String direction : List.of("fwd", "bwd")) {
            for (int layer = 0; layer < shape.layers(); layer++) {
                addLayer(table, direction, layer, layer == 0 ? shape.dModel() : hidden, hidden);
            }
        }
        table.add(TensorSpec.of("out.weight", Vocabulary.SIZE, 2 * hidden));
        table.add(TensorSpec.of("out.bias", Vocabulary.SIZE));
        return List.copyOf(table);
    }

    private static void addLayer(List<TensorSpec> table, String direction, int layer, int in, int hidden) {
        table.add(TensorSpec.of(direction + ".weight_ih_l" + layer, GATES * hidden, in));
        table.add(TensorSpec.of(direction + ".weight_hh_l" + layer, GATES * hidden, hidden));
        table.add(TensorSpec.of(direction + ".bias_ih_l" + layer, GATES * hidden));
        table.add(TensorSpec.of(direction + ".bias_hh_l" + layer, GATES * hidden));
    }
}
