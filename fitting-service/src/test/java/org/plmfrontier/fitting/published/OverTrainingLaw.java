package org.plmfrontier.fitting.published;

import org.plmfrontier.fitting.law.LossSurface;

/**
 * The over-training law of Gadre et al. 2024 (Eq. 4): {@code L = E + a N^eta + b 6^(eta/2) (M N)^eta} with M = D / N tokens per
 * parameter, so that runs of one M lie on one power law of compute.
 *
 * @param floor E in nats
 * @param byParameters a
 * @param byTokens b
 * @param eta exponent, negative
 */
record OverTrainingLaw(double floor, double byParameters, double byTokens, double eta) {
    public OverTrainingLaw {
        if (!(eta < 0) || Double.isInfinite(eta)) {
            throw new IllegalArgumentException("eta must be negative and finite, got " + eta);
        }
        if (!Double.isFinite(floor + byParameters + byTokens)) {
            throw new IllegalArgumentException("floor " + floor + ", byParameters " + byParameters + " and byTokens "
                    + byTokens + " must be finite");
        }
    }

    /** Loss in nats of a model of N parameters after D tokens. */
    public double lossAt(double parameters, double tokens) {
        return floor
                + byParameters * Math.pow(parameters, eta)
                + byTokens * Math.pow(LossSurface.SIX, eta / 2) * Math.pow(tokens, eta);
    }
}
