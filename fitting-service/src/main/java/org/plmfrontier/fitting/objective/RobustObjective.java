package org.plmfrontier.fitting.objective;

import org.plmfrontier.fitting.optimum.SmoothFunction;

/**
 * Huber's loss of the residuals of ln L (Hoffmann et al. 2022, Eq. 3), divided by {@code delta^2} times the sum of the
 * weights: left as it is, the sum is of the order of 0.001 and searches stop at once. The majorant replaces Huber's
 * curvature by {@code min(1, delta / |r|)} (iteratively reweighted least squares). Infinite where theta is no member of the
 * family. Not for sharing between threads.
 */
public interface RobustObjective extends SmoothFunction {
    /** A factor that least squares puts to zero stays at this share of the loss: its logarithm must be finite. */
    double LEAST_SHARE = 1e-3;

    /** From here on the residual at which squares turn into absolute values, in units of ln L. */
    void setDelta(double delta);

    /**
     * Whether trial points get the factors that fit best at their exponents, by least squares of relative residuals weighted
     * as by the majorant of the point before (variable projection, Ruhe and Wedin 1980): good far from the minimum.
     */
    default void setProjecting(boolean projecting) {}
}
