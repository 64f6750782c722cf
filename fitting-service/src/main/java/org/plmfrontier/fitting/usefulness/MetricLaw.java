package org.plmfrontier.fitting.usefulness;

import java.util.Objects;
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
    private static final double SHARPEST = 8;
    private static final int BENDS = 161;

    /** The metric at a loss, nats. */
    @Override
    public double applyAsDouble(double lossNats) {
        return offset + amplitude * basis(bend, (lossNats - lowestNats) / spanNats);
    }

    /** A fit with its squared residuals, weighted. */
    record Found(MetricLaw law, double squares) {}

    /**
     * Least squares: offset and amplitude are solved for each bend of a grid.
     *
     * @param losses at least two different ones
     * @param weights of the points, how often each counts
     */
    static Found fit(double[] losses, double[] values, double[] weights) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double loss : losses) {
            lowest = Math.min(lowest, loss);
            highest = Math.max(highest, loss);
        }
        double span = highest - lowest;
        if (!(span > 0)) {
            throw new IllegalArgumentException("all losses are " + lowest + " nats");
        }
        Found best = null;
        for (int i = 0; i < BENDS; i++) {
            double bend = SHARPEST * (2.0 * i / (BENDS - 1) - 1);
            Found found = linear(losses, values, weights, lowest, span, bend);
            best = best == null || found.squares < best.squares ? found : best;
        }
        return Objects.requireNonNull(best);
    }

    private static Found linear(
            double[] losses, double[] values, double[] weights, double lowest, double span, double bend) {
        double sum = 0;
        double sumB = 0;
        double sumY = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += weights[i];
            sumB += weights[i] * basis(bend, (losses[i] - lowest) / span);
            sumY += weights[i] * values[i];
        }
        double meanB = sumB / sum;
        double meanY = sumY / sum;
        double bb = 0;
        double by = 0;
        for (int i = 0; i < losses.length; i++) {
            double b = basis(bend, (losses[i] - lowest) / span) - meanB;
            bb += weights[i] * b * b;
            by += weights[i] * b * (values[i] - meanY);
        }
        double amplitude = bb > 0 ? by / bb : 0;
        MetricLaw law = new MetricLaw(lowest, span, bend, meanY - amplitude * meanB, amplitude);
        double squares = 0;
        for (int i = 0; i < losses.length; i++) {
            squares += weights[i] * Math.pow(values[i] - law.applyAsDouble(losses[i]), 2);
        }
        return new Found(law, squares);
    }

    private static double basis(double bend, double z) {
        return bend == 0 ? z : Math.expm1(bend * z) / bend;
    }
}
