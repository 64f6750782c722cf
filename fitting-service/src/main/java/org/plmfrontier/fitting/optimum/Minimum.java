package org.plmfrontier.fitting.optimum;

/**
 * Where a search ended.
 *
 * @param point [dimension]; not to be changed
 * @param value the function there
 * @param gradientNorm largest absolute entry of the gradient there
 * @param iterations accepted and rejected steps
 * @param converged whether the gradient vanished within the tolerance
 */
public record Minimum(double[] point, double value, double gradientNorm, int iterations, boolean converged) {}
