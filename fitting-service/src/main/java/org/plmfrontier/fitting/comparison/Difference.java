package org.plmfrontier.fitting.comparison;

import org.plmfrontier.fitting.quantity.Estimate;

/** The difference of one quantity between two studies. */
public final class Difference {
    private Difference() {}

    /**
     * What another study has more than the first. Its interval comes from the two by variance recovery (Zou and Donner 2008, Eq. 2):
     * distances from the values to the ends that face each other, in quadrature, so intervals that are wider to one side stay so. That
     * takes both for independent, as the bootstraps of two studies are; errors that both share, as those of one held-out set, make
     * it wider than it need be.
     *
     * @throws IllegalArgumentException where the two are of different levels
     */
    public static Estimate of(Estimate first, Estimate other) {
        if (first.level() != other.level()) {
            throw new IllegalArgumentException("intervals of the levels " + first.level() + " and " + other.level()
                    + " give none of their difference");
        }
        double value = other.value() - first.value();
        return new Estimate(
                value,
                value - Math.hypot(other.value() - other.low(), first.high() - first.value()),
                value + Math.hypot(other.high() - other.value(), first.value() - first.low()),
                first.level());
    }
}
