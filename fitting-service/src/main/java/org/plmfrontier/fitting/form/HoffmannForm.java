package org.plmfrontier.fitting.form;

import java.util.Locale;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.PowerSumObjective;
import org.plmfrontier.fitting.objective.RobustObjective;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** {@code L = E + A / N^alpha + B / D^beta}; theta is ln E, ln A, ln B (both at the centre), alpha, beta. */
public record HoffmannForm() implements LossForm {
    static final int DIMENSION = 5;

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public double lnLoss(double[] theta, double x, double y, double[] gradient, double[] hessian) {
        double value = LogSum.of(theta[0], theta[1] - theta[3] * x, theta[2] - theta[4] * y, gradient);
        LogSum.derivatives(gradient, x, y, gradient, hessian);
        return value;
    }

    @Override
    public RobustObjective objective(Centred data, double[] weights, double delta) {
        return new PowerSumObjective(data, weights, delta);
    }

    /** lnE, lnA, lnB, alpha, beta from lnE, lnA, lnB, alpha + beta at a given a = beta / (alpha + beta). */
    static double[][] line(double a) {
        return new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1 - a}, {0, 0, 0, a}};
    }

    @Override
    public double[][] startAxes() {
        return new double[][] {LogSum.EXPONENTS, LogSum.EXPONENTS};
    }

    @Override
    public int factors() {
        return 3;
    }

    @Override
    public void parts(double[] nonlinear, double x, double y, double lnLoss, double[] parts) {
        parts[0] = Math.exp(-lnLoss);
        parts[1] = Math.exp(-nonlinear[0] * x - lnLoss);
        parts[2] = Math.exp(-nonlinear[1] * y - lnLoss);
    }

    @Override
    public double[] theta(double[] nonlinear, double[] lnFactors) {
        return new double[] {lnFactors[0], lnFactors[1], lnFactors[2], nonlinear[0], nonlinear[1]};
    }

    @Override
    public FitOutcome<LossSurface> surface(double[] theta, double meanX, double meanY) {
        double alpha = theta[3];
        double beta = theta[4];
        if (!(alpha > 0 && beta > 0)) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT, "the loss does not fall with both N and D: alpha is %.3g, beta is %.3g", alpha, beta));
        }
        return FitOutcome.fitted(
                new HoffmannLaw(theta[0], theta[1] + alpha * meanX, theta[2] + beta * meanY, alpha, beta));
    }
}
