package org.plmfrontier.trainer.huggingface;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.ConfigField;
import org.plmfrontier.trainer.network.ConfigField.Dimension;
import org.plmfrontier.trainer.network.ConfigField.Property;
import org.plmfrontier.trainer.network.ExportLayout;

/**
 * {@code config.json}: the fields that every model has, and those of its family's layout.
 *
 * @param tokenDropout ESM-2's rescaled embeddings
 */
public record ModelConfig(ModelShape shape, boolean tokenDropout) {
    static final String FILE = "config.json";

    public ModelConfig {
        Objects.requireNonNull(shape, "shape");
    }

    /** The fields in the order in which they are written. */
    Map<String, Object> fields() {
        Family family = shape.family();
        ExportLayout layout = Networks.layout(family);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("architectures", List.of(layout.className()));
        fields.put("model_type", layout.modelType());
        fields.put("vocab_size", Vocabulary.SIZE);
        fields.put("pad_token_id", (int) Vocabulary.PAD);
        fields.put("bos_token_id", (int) Vocabulary.START);
        fields.put("eos_token_id", (int) Vocabulary.END);
        if (family.masked()) {
            fields.put("mask_token_id", (int) Vocabulary.MASK);
        }
        layout.fields().forEach(field -> write(field, fields));
        fields.put("torch_dtype", "float32");
        return fields;
    }

    private void write(ConfigField field, Map<String, Object> fields) {
        switch (field) {
            case ConfigField.Size size -> fields.put(size.name(), value(size.dimension()));
            case ConfigField.Flag flag -> fields.put(flag.name(), value(flag.property()));
            case ConfigField.Required required -> fields.put(required.name(), required.value());
            case ConfigField.Informative informative -> fields.put(informative.name(), informative.value());
            case ConfigField.Nothing nothing -> {}
        }
    }

    private int value(Dimension dimension) {
        return switch (dimension) {
            case LAYERS -> shape.layers();
            case WIDTH -> shape.dModel();
            case FEED_FORWARD -> shape.ffnSize();
            case HEADS -> shape.heads();
        };
    }

    private boolean value(Property property) {
        return switch (property) {
            case TOKEN_DROPOUT -> tokenDropout;
            case QK_NORM -> shape.normalisesQueriesAndKeys();
        };
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
        Map<Family, String> types = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            types.put(family, Networks.layout(family).modelType());
        }
        return config.family(types);
    }

    /** As {@link #of(Map)}, with the tokens that the model has. */
    static ModelConfig of(ConfigFields config, TokenRows rows) throws UnfitModelException {
        Family family = family(config);
        ExportLayout layout = Networks.layout(family);
        config.requireAmong("architectures", layout.className());
        requireId(config, "vocab_size", rows.rows(), "the number of the embedding's rows is");
        requireId(config, "pad_token_id", rows.rowOf(Vocabulary.PAD), "the row of <pad> is");
        if (family.masked()) {
            requireId(config, "mask_token_id", rows.rowOf(Vocabulary.MASK), "the row of <mask> is");
        }
        Map<Dimension, Integer> sizes = new EnumMap<>(Dimension.class);
        Map<Property, Boolean> flags = new EnumMap<>(Property.class);
        for (ConfigField field : layout.fields()) {
            switch (field) {
                case ConfigField.Size size -> sizes.put(size.dimension(), config.whole(size.name()));
                case ConfigField.Flag flag -> flags.put(flag.property(), config.flag(flag.name()));
                case ConfigField.Required required -> config.require(required.name(), required.value());
                case ConfigField.Nothing nothing -> config.requireNothing(nothing.name(), nothing.why());
                case ConfigField.Informative informative -> {}
            }
        }
        ModelShape shape = config.shape(() -> new ModelShape(
                family,
                size(sizes, Dimension.LAYERS),
                size(sizes, Dimension.WIDTH),
                size(sizes, Dimension.FEED_FORWARD),
                sizes.getOrDefault(Dimension.HEADS, 1),
                flags.get(Property.QK_NORM)));
        return new ModelConfig(shape, flags.getOrDefault(Property.TOKEN_DROPOUT, false));
    }

    private static int size(Map<Dimension, Integer> sizes, Dimension dimension) {
        return Objects.requireNonNull(sizes.get(dimension), dimension.name());
    }

    private static void requireId(ConfigFields config, String field, int wanted, String what)
            throws UnfitModelException {
        int found = config.whole(field);
        if (found != wanted) {
            throw config.refusal(field, "is " + found + ", " + what + " " + wanted);
        }
    }
}
