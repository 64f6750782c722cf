package org.plmfrontier.trainer.modern;

import java.util.List;
import java.util.regex.Pattern;
import org.plmfrontier.trainer.network.ConfigField;
import org.plmfrontier.trainer.network.ConfigField.Dimension;
import org.plmfrontier.trainer.network.ConfigField.Flag;
import org.plmfrontier.trainer.network.ConfigField.Informative;
import org.plmfrontier.trainer.network.ConfigField.Nothing;
import org.plmfrontier.trainer.network.ConfigField.Property;
import org.plmfrontier.trainer.network.ConfigField.Required;
import org.plmfrontier.trainer.network.ConfigField.Size;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.SizeEvidence;

/** The modern block's files, in this project's own layout: docs/models.md says it field by field. */
public record ModernLayout(boolean causal) implements ExportLayout {
    private static final double ROTARY_BASE = 10_000;

    @Override
    public String modelType() {
        return causal ? "plm-frontier-modern-causal" : "plm-frontier-modern";
    }

    @Override
    public String className() {
        return causal ? "PlmFrontierModernForCausalLM" : "PlmFrontierModernForMaskedLM";
    }

    @Override
    public String loading() {
        return ExportLayout.super.loading()
                + " No class of transformers is named in it, so `from_pretrained` does not load it."
                + " Parameters have the names of transformers' Llama block without the prefix `model.`, norms of queries and"
                + " keys those of Qwen3's; rotary positions turn halves of a head's channels, base 10000.";
    }

    @Override
    public List<ConfigField> fields() {
        return List.of(
                new Size("num_hidden_layers", Dimension.LAYERS),
                new Size("hidden_size", Dimension.WIDTH),
                new Size("num_attention_heads", Dimension.HEADS),
                new Size("intermediate_size", Dimension.FEED_FORWARD),
                new Required("hidden_act", "silu"),
                new Required("rms_norm_eps", ModernNetwork.NORM_EPSILON),
                new Required("rope_theta", ROTARY_BASE),
                new Flag("qk_norm", Property.QK_NORM),
                new Nothing("attention_bias", "this trainer's models have no biases"),
                new Nothing("mlp_bias", "this trainer's models have no biases"),
                new Nothing("rope_scaling", "positions are not scaled"),
                new Nothing("quantization_config", "quantised weights are not read"),
                new Required("tie_word_embeddings", false),
                new Informative("attention_dropout", 0.0));
    }

    @Override
    public SizeEvidence evidence() {
        return new SizeEvidence(
                "embed_tokens.weight", "layers.0.mlp.gate_proj.weight", 1, Pattern.compile("layers\\.(\\d{1,9})\\..+"));
    }
}
