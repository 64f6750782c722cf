package org.plmfrontier.trainer.huggingface;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plmfrontier.contracts.model.Family;

/**
 * Names of parameters in transformers' {@code EsmForMaskedLM} (modeling_esm.py). The output matrix {@code
 * lm_head.decoder.weight} is tied to the embedding and has no entry of its own. The other families keep the names of
 * {@link org.plmfrontier.trainer.parameter.ParameterTable}.
 */
final class TensorNames {
    private static final String LAYER = "layers.";
    private static final Map<String, String> IN_LAYER = inLayer();
    private static final Map<String, String> OUTSIDE = Map.of(
            "embed_tokens.weight", "esm.embeddings.word_embeddings.weight",
            "emb_layer_norm_after.weight", "esm.encoder.emb_layer_norm_after.weight",
            "emb_layer_norm_after.bias", "esm.encoder.emb_layer_norm_after.bias");

    private TensorNames() {}

    /** The name under which a parameter is exported. */
    static String exported(Family family, String name) {
        if (family != Family.ESM2) {
            return name;
        }
        if (name.startsWith(LAYER)) {
            int dot = name.indexOf('.', LAYER.length());
            return "esm.encoder.layer." + name.substring(LAYER.length(), dot) + "."
                    + inLayer(name.substring(dot + 1));
        }
        return OUTSIDE.getOrDefault(name, name);
    }

    /** The rotary frequencies, a buffer that transformers stores with each layer. */
    static String rotary(int layer) {
        return "esm.encoder.layer." + layer + ".attention.self.rotary_embeddings.inv_freq";
    }

    private static String inLayer(String name) {
        int dot = name.lastIndexOf('.');
        String module = IN_LAYER.get(name.substring(0, dot));
        if (module == null) {
            throw new IllegalArgumentException("an ESM-2 layer has no parameter '" + name + "'");
        }
        return module + name.substring(dot);
    }

    private static Map<String, String> inLayer() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("self_attn.q_proj", "attention.self.query");
        names.put("self_attn.k_proj", "attention.self.key");
        names.put("self_attn.v_proj", "attention.self.value");
        names.put("self_attn.out_proj", "attention.output.dense");
        names.put("self_attn_layer_norm", "attention.LayerNorm");
        names.put("fc1", "intermediate.dense");
        names.put("fc2", "output.dense");
        names.put("final_layer_norm", "LayerNorm");
        return names;
    }
}
