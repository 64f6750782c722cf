package org.plmfrontier.contracts.model;

/**
 * The dimensions of one model, as in Table 4 of Serrano et al. 2024.
 *
 * @param family kind of network
 * @param layers number of transformer layers
 * @param dModel width of the residual stream (embedding size)
 * @param ffnSize hidden width of the feed-forward block
 * @param heads attention heads per layer; must divide {@code dModel} into an even key size (rotary halves)
 */
public record ModelShape(Family family, int layers, int dModel, int ffnSize, int heads) {
    public ModelShape {
        positive("layers", layers);
        positive("dModel", dModel);
        positive("ffnSize", ffnSize);
        positive("heads", heads);
        if (dModel % heads != 0) {
            throw new IllegalArgumentException("dModel " + dModel + " is not divisible by heads " + heads);
        }
        if (dModel / heads % 2 != 0) {
            throw new IllegalArgumentException("key size " + dModel / heads + " (dModel " + dModel + " / heads " + heads
                    + ") is odd, rotary positions need an even one");
        }
    }

    /** An ESM-2 encoder with the feed-forward width that all of Table 4 uses, {@code 4 * dModel}. */
    public static ModelShape esm2(int layers, int dModel, int heads) {
        return new ModelShape(Family.ESM2, layers, dModel, Math.multiplyExact(4, dModel), heads);
    }

    /** Channels per attention head. */
    public int keySize() {
        return dModel / heads;
    }

    private static void positive(String field, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " must be positive, got " + value);
        }
    }
}
