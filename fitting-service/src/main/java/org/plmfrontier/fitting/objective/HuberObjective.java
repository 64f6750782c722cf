package org.plmfrontier.fitting.objective;

import java.util.Arrays;
import org.plmfrontier.fitting.optimum.LocalModel;

/** The robust objective of any form, one observation after the other: plain, and the oracle of the fast ones. */
public final class HuberObjective implements RobustObjective {
    private final LogLoss form;
    private final Centred data;
    private final double[] weights;
    private final double sumOfWeights;
    private final double[] g;
    private final double[] h;
    private double delta;

    /**
     * The objective.
     *
     * @param weights [observations], 0 leaves one out
     */
    public HuberObjective(LogLoss form, Centred data, double[] weights, double delta) {
        this.form = form;
        this.data = data;
        this.weights = weights;
        this.sumOfWeights = Arrays.stream(weights).sum();
        this.g = new double[form.dimension()];
        this.h = new double[g.length * (g.length + 1) / 2];
        this.delta = delta;
    }

    @Override
    public void setDelta(double delta) {
        this.delta = delta;
    }

    @Override
    public int dimension() {
        return g.length;
    }

    @Override
    public void evaluate(double[] theta, LocalModel into) {
        into.clear();
        double scale = 1 / (sumOfWeights * delta * delta);
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

    /** Huber's sum over so many observations as publications quote it: neither scaled nor averaged. */
    public static double unscaled(double value, double sumOfWeights, double delta) {
        return value * sumOfWeights * delta * delta;
    }
}
