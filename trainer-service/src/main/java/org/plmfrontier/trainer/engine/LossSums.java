package org.plmfrontier.trainer.engine;

/**
 * Loss of a batch summed over its selected places, nats; not finite where the model is broken. The parts are by {@link
 * org.plmfrontier.contracts.masking.Shown} and mean nothing of a causal family, which sees no masks.
 *
 * @param total over all selected places
 * @param mask over those that show MASK
 * @param random over those that show another residue than their own
 * @param unchanged over those that show their own residue
 */
public record LossSums(double total, double mask, double random, double unchanged) {
    public static final LossSums NONE = new LossSums(0, 0, 0, 0);

    /** Both together. */
    public LossSums plus(LossSums other) {
        return new LossSums(total + other.total, mask + other.mask, random + other.random, unchanged + other.unchanged);
    }
}
