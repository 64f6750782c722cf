package org.plmfrontier.fitting.catalog;

/**
 * A published protein language model.
 *
 * @param name as published
 * @param parameters N as its authors count it
 * @param tokens D seen in training, repeated epochs included
 * @param how how D was found
 * @param source where it is written
 */
public record KnownModel(String name, double parameters, double tokens, String how, String source) {
    private static final double SIX = 6;

    public KnownModel {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is blank");
        }
        positive(name, "parameters", parameters);
        positive(name, "tokens", tokens);
        if (source.isBlank()) {
            throw new IllegalArgumentException("source of " + name + " is blank");
        }
    }

    private static void positive(String name, String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " of " + name + " must be positive and finite, got " + value);
        }
    }

    /** 6 N D. */
    public double computeFlops() {
        return SIX * parameters * tokens;
    }

    /** D over N. */
    public double tokensPerParameter() {
        return tokens / parameters;
    }
}
