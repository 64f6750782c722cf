package org.plmfrontier.contracts.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of one model, as in Table 4 of Serrano et al. 2024.
 *
 * @param family kind of network
 * @param layers transformer layers; of an LSTM, layers of each direction's stack
 * @param dModel width of the residual stream (embedding size); of an LSTM, embedding size
 * @param ffnSize hidden width of the feed-forward block; of an LSTM, hidden width of each direction
 * @param heads attention heads per layer; must divide {@code dModel} into an even key size (rotary halves); 1 for an LSTM
 * @param qkNorm true where queries and keys are normalised, null where they are not; false is taken for null, so that equal
 *     networks have equal shapes and shapes of families without it are written as before there was the field
 */
public record ModelShape(
        Family family,
        int layers,
        int dModel,
        int ffnSize,
        int heads,
        @Nullable Boolean qkNorm) {
    /** A shape without QK-norm. */
    public ModelShape(Family family, int layers, int dModel, int ffnSize, int heads) {
        this(family, layers, dModel, ffnSize, heads, null);
    }

    public ModelShape {
        Objects.requireNonNull(family, "family");
        positive("layers", layers);
        positive("dModel", dModel);
        positive("ffnSize", ffnSize);
        positive("heads", heads);
        if (family.architecture().rotary()) {
            requireEvenKeys(dModel, heads);
        } else if (heads != 1) {
            throw new IllegalArgumentException("heads of an " + family + " must be 1, got " + heads);
        }
        qkNorm = Boolean.TRUE.equals(qkNorm) ? qkNorm : null;
        if (qkNorm != null && !family.architecture().qkNorm()) {
            throw new IllegalArgumentException("qkNorm must be absent, " + family + " has no norm of queries and keys");
        }
    }

    /** An ESM-2 encoder with the feed-forward width that all of Table 4 uses, {@code 4 * dModel}. */
    public static ModelShape esm2(int layers, int dModel, int heads) {
        return new ModelShape(Family.ESM2, layers, dModel, Math.multiplyExact(4, dModel), heads);
    }

    /** A causal decoder with feed-forward width {@code 4 * dModel}. */
    public static ModelShape causal(int layers, int dModel, int heads) {
        return new ModelShape(Family.CAUSAL, layers, dModel, Math.multiplyExact(4, dModel), heads);
    }

    /** A bidirectional LSTM of {@code layers} layers of {@code hidden} units in each direction. */
    public static ModelShape lstm(int layers, int embedding, int hidden) {
        return new ModelShape(Family.LSTM, layers, embedding, hidden, 1);
    }

    /** An encoder of {@link ModernTransformer} blocks without QK-norm, feed-forward width about 8/3 {@code dModel}. */
    public static ModelShape modern(int layers, int dModel, int heads) {
        return new ModelShape(Family.MODERN, layers, dModel, ModernTransformer.feedForward(dModel), heads);
    }

    /** A decoder of {@link ModernTransformer} blocks without QK-norm, feed-forward width about 8/3 {@code dModel}. */
    public static ModelShape modernCausal(int layers, int dModel, int heads) {
        return new ModelShape(Family.MODERN_CAUSAL, layers, dModel, ModernTransformer.feedForward(dModel), heads);
    }

    /** The same shape with QK-norm. */
    public ModelShape withQkNorm() {
        return new ModelShape(family, layers, dModel, ffnSize, heads, true);
    }

    /** Whether queries and keys are normalised. */
    public boolean normalisesQueriesAndKeys() {
        return qkNorm != null;
    }

    /** The network that this shape becomes. */
    public Architecture architecture() {
        return family.architecture();
    }

    /** Channels per attention head. */
    public int keySize() {
        return dModel / heads;
    }

    private static void requireEvenKeys(int dModel, int heads) {
        if (dModel % heads != 0) {
            throw new IllegalArgumentException("dModel " + dModel + " is not divisible by heads " + heads);
        }
        if (dModel / heads % 2 != 0) {
            throw new IllegalArgumentException("key size " + dModel / heads + " (dModel " + dModel + " / heads " + heads
                    + ") is odd, rotary positions need an even one");
        }
    }

    private static void positive(String field, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " must be positive, got " + value);
        }
    }
}
