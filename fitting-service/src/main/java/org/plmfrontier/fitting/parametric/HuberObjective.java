package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import org.plmfrontier.fitting.optimum.LocalModel;
import org.plmfrontier.fitting.optimum.SmoothFunction;

/**
 * Huber loss of the residuals of ln L (Hoffmann et al. 2022, Eq. 3), divided by {@code delta^2} times the sum of the weights:
 * left as it is, the sum is of the order of 0.001 and searches stop at once. The majorant replaces Huber's curvature by
 * {@code min(1, delta / |r|)} (iteratively reweighted least squares). Not for sharing between threads.
 */
final class HuberObjective implements SmoothFunction {
    private final LossForm form;
    private final Centred data;
    private final double[] weights;
    private final double delta;
    private final double scale;
    private final double[] g;
    private final double[] h;

    /**
     * The objective.
     *
     * @param weights [observations], 0 leaves one out
     */
    HuberObjective(LossForm form, Centred data, double[] weights, double delta) {
        this.form = form;
        this.data = data;
        this.weights = weights;
        this.delta = delta;
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        this.scale = 1 / (sum * delta * delta);
        this.g = new double[form.dimension()];
        this.h = new double[g.length * (g.length + 1) / 2];
    }

    @Override
    public int dimension() {
        return g.length;
    }

    @Override
    public void evaluate(double[] theta, LocalModel into) {
        Arrays.fill(into.gradient, 0);
        Arrays.fill(into.hessian, 0);
        Arrays.fill(into.majorant, 0);
        double value = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                double r = data.lnLoss()[i] - form.lnLoss(theta, data.x()[i], data.y()[i], g, h);
                double size = Math.abs(r);
                boolean inside = size <= delta;
                double w = weights[i] * scale;
                value += w * (inside ? 0.5 * r * r : delta * (size - 0.5 * delta));
                double pull = w * (inside ? r : Math.copySign(delta, r));
                accumulate(into, pull, inside ? w : 0, inside ? w : w * delta / size);
            }
        }
        into.value = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private void accumulate(LocalModel into, double pull, double bend, double bound) {
        int k = 0;
        for (int i = 0; i < g.length; i++) {
            into.gradient[i] -= pull * g[i];
            for (int j = 0; j <= i; j++, k++) {
                double square = g[i] * g[j];
                into.hessian[k] += bend * square - pull * h[k];
                into.majorant[k] += bound * square;
            }
        }
    }

    /** Huber's sum as publications quote it: neither scaled nor averaged. */
    double unscaled(double value) {
        return value / scale;
    }
}
