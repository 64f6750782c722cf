package org.plmfrontier.fitting.plateau;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A mixture of Student's t distributions of the same degrees of freedom: what several predictions say together, each with its own
 * error and by its share. Where they contradict one another it is wide, however sure each is. The arrays are not to be changed.
 *
 * @param centres [n] medians, nats
 * @param scales [n] positive, nats
 * @param shares [n] summing to one
 * @param degrees of freedom, positive
 */
record StudentMixture(double[] centres, double[] scales, double[] shares, double degrees) {
    /** Halvings from the span of all predictions to a trillionth of it. */
    private static final int HALVINGS = 40;

    StudentMixture {
        if (centres.length == 0 || centres.length != scales.length || centres.length != shares.length) {
            throw new IllegalArgumentException("there are " + centres.length + " centres, " + scales.length
                    + " scales and " + shares.length + " shares");
        }
        for (double scale : scales) {
            if (!(scale > 0)) {
                throw new IllegalArgumentException("scales must be positive, got " + scale);
            }
        }
    }

    /**
     * The value below which it lies with a probability.
     *
     * @param probability in (0, 1)
     */
    double quantile(double probability) {
        TDistribution student = new TDistribution(degrees);
        double reach = student.inverseCumulativeProbability(probability);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < centres.length; i++) {
            low = Math.min(low, centres[i] + reach * scales[i]);
            high = Math.max(high, centres[i] + reach * scales[i]);
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (below(middle, student) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double below(double value, TDistribution student) {
        double sum = 0;
        for (int i = 0; i < centres.length; i++) {
            sum += shares[i] * student.cumulativeProbability((value - centres[i]) / scales[i]);
        }
        return sum;
    }
}
