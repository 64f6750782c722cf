package org.plmfrontier.fitting.usefulness;

import java.util.Arrays;
import java.util.Objects;

/**
 * Least squares for the law of a metric: offset and amplitude are solved for each bend of a grid. What depends on the losses alone is
 * computed once for all resamples. Immutable.
 */
final class MetricLawFitter {
    private static final double SHARPEST = 8;
    private static final int BENDS = 161;

    private final double lowest;
    private final double span;

    /** [bends][points] */
    private final double[][] basis = new double[BENDS][];

    /** A fit with its squared residuals, weighted. */
    record Found(MetricLaw law, double squares) {}

    /** @param losses at least two different ones, nats */
    MetricLawFitter(double[] losses) {
        this.lowest = Arrays.stream(losses).min().orElseThrow();
        this.span = Arrays.stream(losses).max().orElseThrow() - lowest;
        if (!(span > 0)) {
            throw new IllegalArgumentException("all losses are " + lowest + " nats");
        }
        for (int i = 0; i < BENDS; i++) {
            double bend = bend(i);
            basis[i] = Arrays.stream(losses)
                    .map(loss -> MetricLaw.basis(bend, (loss - lowest) / span))
                    .toArray();
        }
    }

    /**
     * The best law.
     *
     * @param values of the metric, a point for each loss
     * @param weights how often each point counts
     */
    Found fit(double[] values, double[] weights) {
        Found best = null;
        for (int i = 0; i < BENDS; i++) {
            Found found = linear(i, values, weights);
            best = best == null || found.squares < best.squares ? found : best;
        }
        return Objects.requireNonNull(best);
    }

    private static double bend(int i) {
        return SHARPEST * (2.0 * i / (BENDS - 1) - 1);
    }

    private Found linear(int bend, double[] values, double[] weights) {
        double[] b = basis[bend];
        double sum = 0;
        double sumB = 0;
        double sumY = 0;
        for (int i = 0; i < b.length; i++) {
            sum += weights[i];
            sumB += weights[i] * b[i];
            sumY += weights[i] * values[i];
        }
        double meanB = sumB / sum;
        double meanY = sumY / sum;
        double bb = 0;
        double by = 0;
        double yy = 0;
        for (int i = 0; i < b.length; i++) {
            double db = b[i] - meanB;
            double dy = values[i] - meanY;
            bb += weights[i] * db * db;
            by += weights[i] * db * dy;
            yy += weights[i] * dy * dy;
        }
        double amplitude = bb > 0 ? by / bb : 0;
        MetricLaw law = new MetricLaw(lowest, span, bend(bend), meanY - amplitude * meanB, amplitude);
        return new Found(law, Math.max(0, yy - amplitude * by));
    }
}
