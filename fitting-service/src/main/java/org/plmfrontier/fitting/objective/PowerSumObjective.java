package org.plmfrontier.fitting.objective;

import java.util.Arrays;
import org.plmfrontier.fitting.optimum.LocalModel;
import org.plmfrontier.fitting.regression.NonNegativeLeastSquares;

/**
 * The robust objective of {@code e^lnE + e^(lnA - alpha x) + e^(lnB - beta y)} over lnE, lnA, lnB, alpha, beta, each power
 * computed once per size or budget. With the parts' shares s of the sum, {@code g = (s0, s1, s2, -x s1, -y s2)} is the
 * gradient of ln L, and its second derivatives are {@code -g g'} plus terms linear in the shares.
 */
public final class PowerSumObjective implements RobustObjective {
    private final Drawn drawn;
    private final Levels sizes;
    private final Levels budgets;
    private final double[] bySize;
    private final double[] byBudget;
    private final double[] ofSize;
    private final double[] ofBudget;
    private final Pulls pulls;
    private final double[] parts;
    private double delta;
    private boolean projecting;

    public PowerSumObjective(Centred data, double[] weights, double delta) {
        this.drawn = new Drawn(data, weights);
        this.sizes = data.sizes();
        this.budgets = data.budgets();
        this.bySize = new double[sizes.count()];
        this.byBudget = new double[budgets.count()];
        this.ofSize = new double[drawn.weight.length];
        this.ofBudget = new double[drawn.weight.length];
        this.pulls = new Pulls(drawn);
        this.parts = new double[3 * drawn.weight.length];
        this.delta = delta;
    }

    @Override
    public void setDelta(double delta) {
        this.delta = delta;
    }

    @Override
    public void setProjecting(boolean projecting) {
        this.projecting = projecting;
    }

    @Override
    public void improve(double[] trial) {
        if (projecting) {
            powers(sizes.value(), 0, trial[3], bySize);
            powers(budgets.value(), 0, trial[4], byBudget);
            for (int i = 0; i < ofSize.length; i++) {
                double inverse = pulls.inverseLoss(i);
                parts[3 * i] = inverse;
                parts[3 * i + 1] = inverse * bySize[drawn.size[i]];
                parts[3 * i + 2] = inverse * byBudget[drawn.budget[i]];
            }
            NonNegativeLeastSquares fit = NonNegativeLeastSquares.of(parts, 3, pulls.bound);
            for (int j = 0; j < 3; j++) {
                trial[j] = Math.log(Math.max(fit.factors()[j], LEAST_SHARE / fit.meanParts()[j]));
            }
        }
    }

    @Override
    public int dimension() {
        return 5;
    }

    @Override
    public void evaluate(double[] theta, LocalModel into) {
        powers(sizes.value(), theta[1], theta[3], bySize);
        powers(budgets.value(), theta[2], theta[4], byBudget);
        double value = shares(Math.exp(theta[0]));
        Arrays.fill(into.gradient, 0);
        squares(pulls.bendAndPull, into.hessian);
        linear(into.gradient, into.hessian);
        squares(pulls.bound, into.majorant);
        into.value = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
        into.scale(1 / (drawn.sumOfWeights * delta * delta));
    }

    private static void powers(double[] x, double lnFactor, double exponent, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = Math.exp(lnFactor - exponent * x[k]);
        }
    }

    /** Sets shares and pulls; the objective's value, not scaled. */
    private double shares(double floor) {
        double value = 0;
        for (int i = 0; i < ofSize.length; i++) {
            double byN = bySize[drawn.size[i]];
            double byD = byBudget[drawn.budget[i]];
            double loss = floor + byN + byD;
            double inverse = 1 / loss;
            ofSize[i] = byN * inverse;
            ofBudget[i] = byD * inverse;
            value += pulls.of(i, loss, delta);
        }
        return value;
    }

    /** Subtracts the pull times the gradient, and the pull times what is linear in the second derivatives. */
    private void linear(double[] gradient, double[] hessian) {
        double all = 0;
        double byN = 0;
        double byD = 0;
        double xByN = 0;
        double yByD = 0;
        double xxByN = 0;
        double yyByD = 0;
        for (int i = 0; i < ofSize.length; i++) {
            double x = drawn.x[i];
            double y = drawn.y[i];
            double n = pulls.pull[i] * ofSize[i];
            double d = pulls.pull[i] * ofBudget[i];
            all += pulls.pull[i];
            byN += n;
            byD += d;
            xByN += x * n;
            yByD += y * d;
            xxByN += x * x * n;
            yyByD += y * y * d;
        }
        double floor = all - byN - byD;
        gradient[0] -= floor;
        gradient[1] -= byN;
        gradient[2] -= byD;
        gradient[3] += xByN;
        gradient[4] += yByD;
        hessian[0] -= floor;
        hessian[2] -= byN;
        hessian[5] -= byD;
        hessian[7] += xByN;
        hessian[9] -= xxByN;
        hessian[12] += yByD;
        hessian[14] -= yyByD;
    }

    /** The sum of {@code w g g'}, packed. */
    private void squares(double[] w, double[] into) {
        double m00 = 0;
        double m10 = 0;
        double m11 = 0;
        double m20 = 0;
        double m21 = 0;
        double m22 = 0;
        double m30 = 0;
        double m31 = 0;
        double m32 = 0;
        double m33 = 0;
        double m40 = 0;
        double m41 = 0;
        double m42 = 0;
        double m43 = 0;
        double m44 = 0;
        for (int i = 0; i < w.length; i++) {
            double g1 = ofSize[i];
            double g2 = ofBudget[i];
            double g0 = 1 - g1 - g2;
            double g3 = -drawn.x[i] * g1;
            double g4 = -drawn.y[i] * g2;
            double w0 = w[i] * g0;
            m00 += w0 * g0;
            double w1 = w[i] * g1;
            m10 += w1 * g0;
            m11 += w1 * g1;
            double w2 = w[i] * g2;
            m20 += w2 * g0;
            m21 += w2 * g1;
            m22 += w2 * g2;
            double w3 = w[i] * g3;
            m30 += w3 * g0;
            m31 += w3 * g1;
            m32 += w3 * g2;
            m33 += w3 * g3;
            double w4 = w[i] * g4;
            m40 += w4 * g0;
            m41 += w4 * g1;
            m42 += w4 * g2;
            m43 += w4 * g3;
            m44 += w4 * g4;
        }
        into[0] = m00;
        into[1] = m10;
        into[2] = m11;
        into[3] = m20;
        into[4] = m21;
        into[5] = m22;
        into[6] = m30;
        into[7] = m31;
        into[8] = m32;
        into[9] = m33;
        into[10] = m40;
        into[11] = m41;
        into[12] = m42;
        into[13] = m43;
        into[14] = m44;
    }
}
