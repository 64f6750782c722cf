package org.plmfrontier.trainer.huggingface;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * {@code config.json}. An ESM-2 encoder has the fields of transformers' {@code EsmConfig} (configuration_esm.py); the other
 * families have a {@code model_type} of this project and the fields that they share with it.
 *
 * @param tokenDropout ESM-2's rescaled embeddings
 */
public record ModelConfig(ModelShape shape, boolean tokenDropout) {
    static final String FILE = "config.json";
    private static final double LAYER_NORM_EPSILON = 1e-5;
    private static final double INITIALIZER_RANGE = 0.02;
    /** Rotary positions have no end; this is what ESM-2 declares. */
    private static final int MAX_POSITIONS = 1026;

    private static final Map<Family, String> TYPES = Map.of(
            Family.ESM2, "esm",
            Family.CAUSAL, "plm-frontier-causal",
            Family.LSTM, "plm-frontier-lstm");
    private static final Map<Family, String> ARCHITECTURES = Map.of(
            Family.ESM2, "EsmForMaskedLM",
            Family.CAUSAL, "PlmFrontierForCausalLM",
            Family.LSTM, "PlmFrontierForMaskedLM");

    public ModelConfig {
        Objects.requireNonNull(shape, "shape");
    }

    /** The fields in the order in which they are written. */
    Map<String, Object> fields() {
        Family family = shape.family();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("architectures", List.of(Objects.requireNonNull(ARCHITECTURES.get(family))));
        fields.put("model_type", Objects.requireNonNull(TYPES.get(family)));
        fields.put("vocab_size", Vocabulary.SIZE);
        fields.put("pad_token_id", (int) Vocabulary.PAD);
        fields.put("bos_token_id", (int) Vocabulary.START);
        fields.put("eos_token_id", (int) Vocabulary.END);
        if (family.masked()) {
            fields.put("mask_token_id", (int) Vocabulary.MASK);
        }
        fields.put("num_hidden_layers", shape.layers());
        if (family.transformer()) {
            addTransformer(fields);
        } else {
            fields.put("embedding_size", shape.dModel());
            fields.put("hidden_size", shape.ffnSize());
        }
        if (family == Family.ESM2) {
            addEsm(fields);
        }
        fields.put("tie_word_embeddings", family.transformer());
        fields.put("torch_dtype", "float32");
        return fields;
    }

    private void addTransformer(Map<String, Object> fields) {
        fields.put("hidden_size", shape.dModel());
        fields.put("num_attention_heads", shape.heads());
        fields.put("intermediate_size", shape.ffnSize());
        fields.put("hidden_act", "gelu");
        fields.put("layer_norm_eps", LAYER_NORM_EPSILON);
        fields.put("position_embedding_type", "rotary");
    }

    private void addEsm(Map<String, Object> fields) {
        fields.put("hidden_dropout_prob", 0.0);
        fields.put("attention_probs_dropout_prob", 0.0);
        fields.put("classifier_dropout", null);
        fields.put("max_position_embeddings", MAX_POSITIONS);
        fields.put("initializer_range", INITIALIZER_RANGE);
        fields.put("emb_layer_norm_before", false);
        fields.put("token_dropout", tokenDropout);
        fields.put("is_folding_model", false);
        fields.put("use_cache", true);
    }

    /**
     * Reads a {@code config.json} whose tokens are this project's.
     *
     * @throws UnfitModelException where the model is none that this trainer computes, naming the field
     */
    public static ModelConfig of(Map<String, ?> fields) throws UnfitModelException {
        return of(new ConfigFields(fields), TokenRows.own());
    }

    /** What kind of network the fields describe. */
    static Family family(ConfigFields config) throws UnfitModelException {
        return config.family(TYPES);
    }

    /** As {@link #of(Map)}, with the tokens that the model has. */
    static ModelConfig of(ConfigFields config, TokenRows rows) throws UnfitModelException {
        Family family = family(config);
        config.requireAmong("architectures", Objects.requireNonNull(ARCHITECTURES.get(family)));
        requireId(config, "vocab_size", rows.rows(), "the number of the embedding's rows is");
        requireId(config, "pad_token_id", rows.rowOf(Vocabulary.PAD), "the row of <pad> is");
        if (family.masked()) {
            requireId(config, "mask_token_id", rows.rowOf(Vocabulary.MASK), "the row of <mask> is");
        }
        int layers = config.whole("num_hidden_layers");
        if (!family.transformer()) {
            return new ModelConfig(
                    config.shape(
                            () -> ModelShape.lstm(layers, config.whole("embedding_size"), config.whole("hidden_size"))),
                    false);
        }
        requireTransformer(config, family);
        ModelShape shape = config.shape(() -> new ModelShape(
                family,
                layers,
                config.whole("hidden_size"),
                config.whole("intermediate_size"),
                config.whole("num_attention_heads")));
        return new ModelConfig(shape, family == Family.ESM2 && config.flag("token_dropout"));
    }

    private static void requireTransformer(ConfigFields config, Family family) throws UnfitModelException {
        config.require("position_embedding_type", "rotary");
        config.require("hidden_act", "gelu");
        config.requireReal("layer_norm_eps", LAYER_NORM_EPSILON);
        config.requireNothing("quantization_config", "quantised weights are not read");
        config.requireNothing("pruned_heads", "layers without some of their heads are not computed");
        if (family == Family.ESM2) {
            config.require("emb_layer_norm_before", false);
            config.requireNothing("is_decoder", "a causal mask is not part of ESM-2");
            config.requireNothing("add_cross_attention", "cross attention is not part of ESM-2");
            config.requireNothing("is_folding_model", "a folding model (EsmForProteinFolding) is no language model");
            config.requireNothing("esmfold_config", "a folding model (EsmForProteinFolding) is no language model");
        }
    }

    private static void requireId(ConfigFields config, String field, int wanted, String what)
            throws UnfitModelException {
        int found = config.whole(field);
        if (found != wanted) {
            throw config.refusal(field, "is " + found + ", " + what + " " + wanted);
        }
    }
}
