package org.plmfrontier.trainer.transformer;

import java.util.List;
import java.util.stream.Stream;
import org.plmfrontier.trainer.network.ConfigField;
import org.plmfrontier.trainer.network.ConfigField.Dimension;
import org.plmfrontier.trainer.network.ConfigField.Flag;
import org.plmfrontier.trainer.network.ConfigField.Informative;
import org.plmfrontier.trainer.network.ConfigField.Nothing;
import org.plmfrontier.trainer.network.ConfigField.Property;
import org.plmfrontier.trainer.network.ConfigField.Required;
import org.plmfrontier.trainer.network.ConfigField.Size;

/** The fields of transformers' {@code EsmConfig}; a decoder has those that it shares with it. */
final class EsmConfigFields {
    private static final double INITIALIZER_RANGE = 0.02;
    /** Rotary positions have no end; this is what ESM-2 declares. */
    private static final int MAX_POSITIONS = 1026;

    private static final Informative TIED = new Informative("tie_word_embeddings", true);
    private static final String FOLDING = "a folding model (EsmForProteinFolding) is no language model";

    private static final List<ConfigField> BLOCKS = List.of(
            new Size("num_hidden_layers", Dimension.LAYERS),
            new Size("hidden_size", Dimension.WIDTH),
            new Size("num_attention_heads", Dimension.HEADS),
            new Size("intermediate_size", Dimension.FEED_FORWARD),
            new Required("hidden_act", "gelu"),
            new Required("layer_norm_eps", TransformerNetwork.NORM_EPSILON),
            new Required("position_embedding_type", "rotary"),
            new Nothing("quantization_config", "quantised weights are not read"),
            new Nothing("pruned_heads", "layers without some of their heads are not computed"));

    private static final List<ConfigField> ESM = List.of(
            new Informative("hidden_dropout_prob", 0.0),
            new Informative("attention_probs_dropout_prob", 0.0),
            new Informative("classifier_dropout", null),
            new Informative("max_position_embeddings", MAX_POSITIONS),
            new Informative("initializer_range", INITIALIZER_RANGE),
            new Required("emb_layer_norm_before", false),
            new Flag("token_dropout", Property.TOKEN_DROPOUT),
            new Informative("is_folding_model", false),
            new Informative("use_cache", true),
            new Nothing("is_decoder", "a causal mask is not part of ESM-2"),
            new Nothing("add_cross_attention", "cross attention is not part of ESM-2"),
            new Nothing("is_folding_model", FOLDING),
            new Nothing("esmfold_config", FOLDING));

    static final List<ConfigField> ENCODER = joined(BLOCKS, ESM, List.of(TIED));

    static final List<ConfigField> DECODER = joined(BLOCKS, List.of(TIED));

    private EsmConfigFields() {}

    @SafeVarargs
    private static List<ConfigField> joined(List<? extends ConfigField>... parts) {
        return Stream.of(parts).<ConfigField>flatMap(List::stream).toList();
    }
}
