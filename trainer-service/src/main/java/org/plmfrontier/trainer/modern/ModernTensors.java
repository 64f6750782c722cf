package org.plmfrontier.trainer.modern;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.parameter.InitialValues;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * Tensors under the names that Llama's block has in transformers, queries' and keys' norms under those of Qwen3's.
 *
 * <p>Every matrix begins as N(0, 0.02^2) and every norm at 1: the {@code initializer_range} of E1's published configuration,
 * whatever the width, as BERT's and Llama's. AMPLIFY begins uniform in plus or minus 0.02 likewise; ESM C's training code
 * is not public.
 */
final class ModernTensors {
    private static final InitialValues MATRIX = new InitialValues.Normal(0.02);

    private ModernTensors() {}

    static List<TensorSpec> of(ModelShape shape) {
        int d = shape.dModel();
        List<TensorSpec> table = new ArrayList<>();
        table.add(TensorSpec.of("embed_tokens.weight", MATRIX, Vocabulary.SIZE, d));
        for (int layer = 0; layer < shape.layers(); layer++) {
            addLayer(table, "layers." + layer + ".", shape);
        }
        addNorm(table, "norm", d);
        table.add(TensorSpec.of("lm_head.weight", MATRIX, Vocabulary.SIZE, d));
        return List.copyOf(table);
    }

    private static void addLayer(List<TensorSpec> table, String layer, ModelShape shape) {
        int d = shape.dModel();
        int ffn = shape.ffnSize();
        addNorm(table, layer + "input_layernorm", d);
        for (String projection : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
            table.add(TensorSpec.of(layer + "self_attn." + projection + ".weight", MATRIX, d, d));
        }
        if (shape.normalisesQueriesAndKeys()) {
            addNorm(table, layer + "self_attn.q_norm", shape.keySize());
            addNorm(table, layer + "self_attn.k_norm", shape.keySize());
        }
        addNorm(table, layer + "post_attention_layernorm", d);
        table.add(TensorSpec.of(layer + "mlp.gate_proj.weight", MATRIX, ffn, d));
        table.add(TensorSpec.of(layer + "mlp.up_proj.weight", MATRIX, ffn, d));
        table.add(TensorSpec.of(layer + "mlp.down_proj.weight", MATRIX, d, ffn));
    }

    private static void addNorm(List<TensorSpec> table, String name, int size) {
        table.add(TensorSpec.of(name + ".weight", InitialValues.ONES, size));
    }
}
