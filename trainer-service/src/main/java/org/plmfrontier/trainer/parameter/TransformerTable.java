package org.plmfrontier.trainer.parameter;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;

/** fair-esm's {@code named_parameters()} without the contact head; a causal decoder has the same. */
final class TransformerTable {
    private TransformerTable() {}

    /** The embedding is tied to the output and stands once. */
    static List<TensorSpec> of(ModelShape shape) {
        int d = shape.dModel();
        List<TensorSpec> table = new ArrayList<>();
        table.add(TensorSpec.of("embed_tokens.weight", Vocabulary.SIZE, d));
        for (int layer = 0; layer < shape.layers(); layer++) {
            addLayer(table, "layers." + layer + ".", d, shape.ffnSize());
        }
        addNorm(table, "emb_layer_norm_after", d);
        table.add(TensorSpec.of("lm_head.bias", Vocabulary.SIZE));
        addLinear(table, "lm_head.dense", d, d);
        addNorm(table, "lm_head.layer_norm", d);
        return List.copyOf(table);
    }

    private static void addLayer(List<TensorSpec> table, String layer, int d, int ffn) {
        for (String projection : List.of("k_proj", "v_proj", "q_proj", "out_proj")) {
            addLinear(table, layer + "self_attn." + projection, d, d);
        }
        addNorm(table, layer + "self_attn_layer_norm", d);
        addLinear(table, layer + "fc1", ffn, d);
        addLinear(table, layer + "fc2", d, ffn);
        addNorm(table, layer + "final_layer_norm", d);
    }

    private static void addLinear(List<TensorSpec> table, String name, int out, int in) {
        table.add(TensorSpec.of(name + ".weight", out, in));
        table.add(TensorSpec.of(name + ".bias", out));
    }

    private static void addNorm(List<TensorSpec> table, String name, int d) {
        table.add(TensorSpec.of(name + ".weight", d));
        table.add(TensorSpec.of(name + ".bias", d));
    }
}
