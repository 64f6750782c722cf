package org.plmfrontier.trainer.network;

import org.jspecify.annotations.Nullable;

/** A field of {@code config.json}. */
public sealed interface ConfigField {
    /** Its name in the file. */
    String name();

    /** A dimension of the shape, a whole number. */
    record Size(String name, Dimension dimension) implements ConfigField {}

    /** A property of the model, true or false. */
    record Flag(String name, Property property) implements ConfigField {}

    /** Written, and refused where it is absent or another: text, number, true or false. */
    record Required(String name, Object value) implements ConfigField {}

    /** Written for other software and not looked at when it is read. */
    record Informative(String name, @Nullable Object value) implements ConfigField {}

    /** Not written, and refused where it is there and says more than nothing. */
    record Nothing(String name, String why) implements ConfigField {}

    /** A dimension of a shape; see {@link org.plmfrontier.contracts.model.ModelShape}. */
    enum Dimension {
        LAYERS,
        WIDTH,
        FEED_FORWARD,
        HEADS
    }

    /** What a model may have or not. */
    enum Property {
        /** ESM-2's rescaled embeddings. */
        TOKEN_DROPOUT,
        /** Normalised queries and keys. */
        QK_NORM
    }
}
