package org.plmfrontier.fitting.form;

import java.util.Arrays;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.PowerSumObjective;
import org.plmfrontier.fitting.objective.RestrictedObjective;
import org.plmfrontier.fitting.objective.RobustObjective;
import org.plmfrontier.fitting.optimum.LocalModel;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Hoffmann's form with a given exponent {@code a = beta / (alpha + beta)}; theta is ln E, ln A, ln B (both at the centre) and
 * alpha + beta.
 *
 * @param a in (0, 1)
 */
public record FixedRatioForm(double a) implements LossForm {
    public FixedRatioForm {
        if (!(a > 0 && a < 1)) {
            throw new IllegalArgumentException("a must lie in (0, 1), got " + a);
        }
    }

    /** alpha = beta, as Muennighoff et al. 2023 fit it. */
    public static FixedRatioForm tied() {
        return new FixedRatioForm(0.5);
    }

    @Override
    public int dimension() {
        return 4;
    }

    @Override
    public double lnLoss(double[] theta, double x, double y, double[] gradient, double[] hessian) {
        double[][] line = HoffmannForm.line(a);
        double[] g = new double[HoffmannForm.DIMENSION];
        double[] h = new double[LocalModel.packed(HoffmannForm.DIMENSION)];
        double[] whole = new double[HoffmannForm.DIMENSION];
        RestrictedObjective.expand(line, theta, whole);
        double value = new HoffmannForm().lnLoss(whole, x, y, g, h);
        RestrictedObjective.foldGradient(line, g, gradient);
        RestrictedObjective.foldSquare(line, h, hessian);
        return value;
    }

    @Override
    public RobustObjective objective(Centred data, double[] weights, double delta) {
        return new RestrictedObjective(new PowerSumObjective(data, weights, delta), HoffmannForm.line(a));
    }

    @Override
    public double[][] startAxes() {
        return new double[][] {
            Arrays.stream(LogSum.EXPONENTS).map(exponent -> 2 * exponent).toArray()
        };
    }

    @Override
    public int factors() {
        return 3;
    }

    @Override
    public void parts(double[] nonlinear, double x, double y, double lnLoss, double[] parts) {
        parts[0] = Math.exp(-lnLoss);
        parts[1] = Math.exp(-nonlinear[0] * (1 - a) * x - lnLoss);
        parts[2] = Math.exp(-nonlinear[0] * a * y - lnLoss);
    }

    @Override
    public double[] theta(double[] nonlinear, double[] lnFactors) {
        return new double[] {lnFactors[0], lnFactors[1], lnFactors[2], nonlinear[0]};
    }

    @Override
    public FitOutcome<LossSurface> surface(double[] theta, double meanX, double meanY) {
        double[] whole = new double[HoffmannForm.DIMENSION];
        RestrictedObjective.expand(HoffmannForm.line(a), theta, whole);
        return new HoffmannForm().surface(whole, meanX, meanY);
    }
}
