package org.plmfrontier.dataset.corpus;

import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * How much of the training part is taken, uniformly without replacement: the shuffled order up to a bound, so that a
 * smaller sample of the same seed is a part of a larger one.
 *
 * @param sequences proteins to take; null where tokens bound the sample
 * @param tokens most tokens to take, marks included; null where sequences do
 */
public record Sample(@Nullable Long sequences, @Nullable Long tokens) {
    public Sample {
        if ((sequences == null) == (tokens == null)) {
            throw new RefusedException("sample", "sample must have either sequences or tokens");
        }
        require("sequences", sequences);
        require("tokens", tokens);
    }

    private static void require(String field, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new RefusedException("sample." + field, field + " must be at least 1, got " + value);
        }
    }
}
