package org.plmfrontier.fitting.objective;

import java.util.Arrays;
import org.plmfrontier.fitting.form.KaplanForm;
import org.plmfrontier.fitting.optimum.LocalModel;

/**
 * The robust objective of Kaplan's form, see {@link KaplanForm}, over T, U, alphaN, V, each power computed once per size or
 * budget. Losses are shifted by their mean logarithm, so that powers of 1 / T stay within the range of numbers.
 */
public final class KaplanObjective implements RobustObjective {
    private final Drawn drawn;
    private final Levels sizes;
    private final Levels budgets;
    private final double[] lnBySize;
    private final double[] lnByBudget;
    private final double[] bySize;
    private final double[] byBudget;
    /** [4][n] derivatives of ln L over theta. */
    private final double[][] g;
    /** [4][n] w with {@code byN byD / T w w'} the second derivatives. */
    private final double[][] w;
    /** [n] byN byD / T times the pull, negated. */
    private final double[] cross;

    private final Pulls pulls;
    private final double centre;
    private double delta;

    public KaplanObjective(Centred data, double[] weights, double delta) {
        this.drawn = new Drawn(data, weights);
        this.sizes = data.sizes();
        this.budgets = data.budgets();
        this.lnBySize = new double[sizes.count()];
        this.lnByBudget = new double[budgets.count()];
        this.bySize = new double[sizes.count()];
        this.byBudget = new double[budgets.count()];
        int n = drawn.weight.length;
        this.g = new double[4][n];
        this.w = new double[4][n];
        this.cross = new double[n];
        this.pulls = new Pulls(drawn);
        this.centre = Arrays.stream(drawn.lnLoss).average().orElseThrow();
        this.delta = delta;
    }

    @Override
    public void setDelta(double delta) {
        this.delta = delta;
    }

    @Override
    public int dimension() {
        return 4;
    }

    @Override
    public void evaluate(double[] theta, LocalModel into) {
        double t = theta[0];
        into.clear();
        if (!(t > 0)) {
            into.value = Double.POSITIVE_INFINITY;
            return;
        }
        powers(sizes.value(), (theta[1] - centre) / t, theta[2] / t, lnBySize, bySize);
        powers(budgets.value(), (theta[3] - centre) / t, 1, lnByBudget, byBudget);
        double value = derivatives(t);
        gather(into);
        into.value = Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
        into.scale(1 / (drawn.sumOfWeights * delta * delta));
    }

    private static void powers(double[] x, double lnFactor, double exponent, double[] ln, double[] into) {
        for (int k = 0; k < into.length; k++) {
            ln[k] = lnFactor - exponent * x[k];
            into[k] = Math.exp(ln[k]);
        }
    }

    private double derivatives(double t) {
        double value = 0;
        for (int i = 0; i < cross.length; i++) {
            double sum = bySize[drawn.size[i]] + byBudget[drawn.budget[i]];
            double byN = bySize[drawn.size[i]] / sum;
            double byD = byBudget[drawn.budget[i]] / sum;
            double lnSum = Math.log(sum);
            double p = lnBySize[drawn.size[i]];
            double q = lnByBudget[drawn.budget[i]];
            value += pulls.at(i, drawn.lnLoss[i] - centre - t * lnSum, delta);
            g[0][i] = lnSum - byN * p - byD * q - drawn.y[i] * byD;
            g[1][i] = byN;
            g[2][i] = -drawn.x[i] * byN;
            g[3][i] = byD;
            w[0][i] = drawn.y[i] - (p - q);
            w[1][i] = 1;
            w[2][i] = -drawn.x[i];
            w[3][i] = -1;
            cross[i] = -pulls.pull[i] * byN * byD / t;
        }
        return value;
    }

    private void gather(LocalModel into) {
        int k = 0;
        for (int row = 0; row < 4; row++) {
            into.gradient[row] = -dot(pulls.pull, g[row]);
            for (int column = 0; column <= row; column++, k++) {
                double[] a = g[row];
                double[] b = g[column];
                double[] c = w[row];
                double[] d = w[column];
                double bend = 0;
                double bound = 0;
                for (int i = 0; i < cross.length; i++) {
                    double square = a[i] * b[i];
                    bend += (pulls.bendAndPull[i] - pulls.pull[i]) * square + cross[i] * c[i] * d[i];
                    bound += pulls.bound[i] * square;
                }
                into.hessian[k] = bend;
                into.majorant[k] = bound;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
