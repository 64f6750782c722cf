package org.plmfrontier.trainer.transformer;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.parameter.InitialValues;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * fair-esm's {@code named_parameters()} without the contact head; a causal decoder has the same.
 *
 * <p>Matrices begin as torch.nn.Linear's do. The embedding is tied to the output and follows the same rule: the first logits
 * are then about as large as one nat, where fair-esm's N(0, 1) would make them as large as sqrt(d). Biases begin at 0, norms
 * at 1 and 0.
 */
final class TransformerTensors {
    private TransformerTensors() {}

    /** The embedding is tied to the output and stands once. */
    static List<TensorSpec> of(ModelShape shape) {
        int d = shape.dModel();
        List<TensorSpec> table = new ArrayList<>();
        addMatrix(table, "embed_tokens.weight", Vocabulary.SIZE, d);
        for (int layer = 0; layer < shape.layers(); layer++) {
            addLayer(table, "layers." + layer + ".", d, shape.ffnSize());
        }
        addNorm(table, "emb_layer_norm_after", d);
        table.add(TensorSpec.of("lm_head.bias", InitialValues.ZEROS, Vocabulary.SIZE));
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
        addMatrix(table, name + ".weight", out, in);
        table.add(TensorSpec.of(name + ".bias", InitialValues.ZEROS, out));
    }

    private static void addMatrix(List<TensorSpec> table, String name, int out, int in) {
        table.add(TensorSpec.of(name, InitialValues.linear(in), out, in));
    }

    private static void addNorm(List<TensorSpec> table, String name, int d) {
        table.add(TensorSpec.of(name + ".weight", InitialValues.ONES, d));
        table.add(TensorSpec.of(name + ".bias", InitialValues.ZEROS, d));
    }
}
