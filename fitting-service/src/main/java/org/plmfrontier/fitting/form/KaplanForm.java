package org.plmfrontier.fitting.form;

import java.util.Locale;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.KaplanObjective;
import org.plmfrontier.fitting.objective.RobustObjective;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Kaplan's form as a soft maximum of two straight lines, {@code ln L = T ln(e^(p/T) + e^(q/T))} with
 * {@code p = U - alphaN x}, {@code q = V - T y} and T = alphaD: well scaled even where the critical numbers are of the order
 * of 10^79. theta is T, U, alphaN, V.
 */
public record KaplanForm() implements LossForm {
    private static final double[] EXPONENTS = {0.01, 0.03, 0.07, 0.15, 0.3};

    @Override
    public int dimension() {
        return 4;
    }

    @Override
    public double lnLoss(double[] theta, double x, double y, double[] gradient, double[] hessian) {
        double t = theta[0];
        if (!(t > 0)) {
            return Double.NaN;
        }
        double p = theta[1] - theta[2] * x;
        double q = theta[3] - t * y;
        double odds = (p - q) / t;
        double larger = Math.max(p, q);
        double sum = Math.exp((p - larger) / t) + Math.exp((q - larger) / t);
        double byN = Math.exp((p - larger) / t) / sum;
        double byD = Math.exp((q - larger) / t) / sum;
        double logSum = Math.log(sum);
        double entropy = logSum - (byN * (p - larger) + byD * (q - larger)) / t;
        gradient[0] = entropy - y * byD;
        gradient[1] = byN;
        gradient[2] = -x * byN;
        gradient[3] = byD;
        double[] w = {y - odds, 1, -x, -1};
        int k = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j <= i; j++) {
                hessian[k++] = byN * byD / t * w[i] * w[j];
            }
        }
        return larger + t * logSum;
    }

    @Override
    public RobustObjective objective(Centred data, double[] weights, double delta) {
        return new KaplanObjective(data, weights, delta);
    }

    @Override
    public double[][] startAxes() {
        return new double[][] {EXPONENTS, EXPONENTS};
    }

    @Override
    public int factors() {
        return 2;
    }

    @Override
    public void parts(double[] nonlinear, double x, double y, double lnLoss, double[] parts) {
        parts[0] = Math.exp((-nonlinear[1] * x - lnLoss) / nonlinear[0]);
        parts[1] = Math.exp(-y - lnLoss / nonlinear[0]);
    }

    @Override
    public double[] theta(double[] nonlinear, double[] lnFactors) {
        double t = nonlinear[0];
        return new double[] {t, t * lnFactors[0], nonlinear[1], t * lnFactors[1]};
    }

    @Override
    public FitOutcome<LossSurface> surface(double[] theta, double meanX, double meanY) {
        double alphaD = theta[0];
        double alphaN = theta[2];
        if (!(alphaN > 0 && alphaD > 0)) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "the loss does not fall with both N and D: alphaN is %.3g, alphaD is %.3g",
                    alphaN,
                    alphaD));
        }
        double lnNc = theta[1] / alphaN + meanX;
        double lnDc = theta[3] / alphaD + meanY;
        return FitOutcome.fitted(new KaplanLaw(alphaN, alphaD, lnNc, lnDc));
    }
}
