package org.plmfrontier.fitting.curve;

/** How stiff a smoothing spline is. */
public sealed interface Stiffness {

    /** Chosen by generalised cross-validation. */
    record CrossValidated() implements Stiffness {}

    /**
     * Chosen by hand.
     *
     * @param lambda weight of the integral of the squared second derivative over ln C against the weighted squares of
     *     the residuals in nats; 0 interpolates the bins, infinity gives a straight line
     */
    record Given(double lambda) implements Stiffness {
        public Given {
            if (!(lambda >= 0) || Double.isInfinite(lambda)) {
                throw new IllegalArgumentException("lambda must be finite and not negative, got " + lambda);
            }
        }
    }

    /** Stiffness by generalised cross-validation. */
    static Stiffness crossValidated() {
        return new CrossValidated();
    }
}
