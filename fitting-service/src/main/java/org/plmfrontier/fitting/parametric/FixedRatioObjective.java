package org.plmfrontier.fitting.parametric;

import org.plmfrontier.fitting.optimum.LocalModel;

/**
 * The robust objective of a sum of power laws on the line {@code alpha = (1 - a) s, beta = a s}, over lnE, lnA, lnB and s:
 * the objective of the whole family and its derivatives along the line.
 */
final class FixedRatioObjective implements RobustObjective {
    private final double a;
    private final PowerSumObjective whole;
    private final LocalModel model = new LocalModel(5);
    private final double[] point = new double[5];

    FixedRatioObjective(double a, PowerSumObjective whole) {
        this.a = a;
        this.whole = whole;
    }

    @Override
    public void setDelta(double delta) {
        whole.setDelta(delta);
    }

    @Override
    public int dimension() {
        return 4;
    }

    @Override
    public void evaluate(double[] theta, LocalModel into) {
        System.arraycopy(theta, 0, point, 0, 3);
        point[3] = (1 - a) * theta[3];
        point[4] = a * theta[3];
        whole.evaluate(point, model);
        into.value = model.value;
        foldGradient(model.gradient, a, into.gradient);
        foldSquare(model.hessian, a, into.hessian);
        foldSquare(model.majorant, a, into.majorant);
    }

    static void foldGradient(double[] g, double a, double[] into) {
        System.arraycopy(g, 0, into, 0, 3);
        into[3] = (1 - a) * g[3] + a * g[4];
    }

    static void foldSquare(double[] h, double a, double[] into) {
        System.arraycopy(h, 0, into, 0, 6);
        for (int j = 0; j < 3; j++) {
            into[6 + j] = (1 - a) * h[6 + j] + a * h[10 + j];
        }
        into[9] = (1 - a) * (1 - a) * h[9] + 2 * a * (1 - a) * h[13] + a * a * h[14];
    }
}
