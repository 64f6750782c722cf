package org.plmfrontier.fitting.usefulness;

import java.util.function.DoubleUnaryOperator;

/**
 * A metric as a monotone function of the loss: {@code offset + amplitude b(z)}, {@code b(z) = (exp(bend z) - 1) / bend}, z = (loss
 * - lowest) / span; a straight line where {@code bend} is 0. With a positive bend the metric levels off as the loss falls, with a
 * negative one it rises faster (Gadre et al. 2024, section 3.2, has the error of a task as such an exponential of the loss).
 *
 * @param lowestNats lowest loss of the data
 * @param spanNats highest less lowest loss
 * @param bend per span
 * @param offset the metric at the lowest loss
 * @param amplitude slope there, per span
 */
public record MetricLaw(double lowestNats, double spanNats, double bend, double offset, double amplitude)
        implements DoubleUnaryOperator {
    /** The metric at a loss, nats. */
    @Override
    public double applyAsDouble(double lossNats) {
        return offset + amplitude * basis(bend, (lossNats - lowestNats) / spanNats);
    }

    static double basis(double bend, double z) {
        return bend == 0 ? z : Math.expm1(bend * z) / bend;
    }
}
