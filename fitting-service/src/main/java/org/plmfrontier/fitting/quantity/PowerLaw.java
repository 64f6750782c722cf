package org.plmfrontier.fitting.quantity;

/**
 * {@code y = exp(lnCoefficient) * x^exponent}. The coefficient is kept as a logarithm since it leaves the range of a
 * double long before the law does.
 *
 * @param lnCoefficient natural logarithm of y at x = 1
 * @param exponent slope in logarithms
 */
public record PowerLaw(double lnCoefficient, double exponent) {
    public PowerLaw {
        if (!Double.isFinite(lnCoefficient)) {
            throw new IllegalArgumentException("lnCoefficient must be finite, got " + lnCoefficient);
        }
        if (!Double.isFinite(exponent)) {
            throw new IllegalArgumentException("exponent must be finite, got " + exponent);
        }
    }

    /** The law's value at a positive x. */
    public double at(double x) {
        return Math.exp(lnCoefficient + exponent * Math.log(x));
    }
}
