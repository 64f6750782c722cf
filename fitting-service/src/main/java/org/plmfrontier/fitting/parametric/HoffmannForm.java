package org.plmfrontier.fitting.parametric;

import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** {@code L = E + A / N^alpha + B / D^beta}; theta is ln E, ln A, ln B (both at the centre), alpha, beta. */
public record HoffmannForm() implements LossForm {
    @Override
    public int dimension() {
        return 5;
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
    public double[][] startGrid() {
        double[] exponents = LogSum.EXPONENTS;
        double[][] grid = new double[exponents.length * exponents.length][];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = new double[] {exponents[i / exponents.length], exponents[i % exponents.length]};
        }
        return grid;
    }

    @Override
    public int startColumns() {
        return LogSum.EXPONENTS.length;
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
        return hoffmann(theta[0], theta[1], theta[2], theta[3], theta[4], meanX, meanY);
    }

    static FitOutcome<LossSurface> hoffmann(
            double lnE, double lnA, double lnB, double alpha, double beta, double meanX, double meanY) {
        if (!(alpha > 0 && beta > 0)) {
            return FitOutcome.notIdentifiable(
                    "the loss does not fall with both N and D: alpha is " + alpha + ", beta is " + beta);
        }
        return FitOutcome.fitted(new HoffmannLaw(lnE, lnA + alpha * meanX, lnB + beta * meanY, alpha, beta));
    }
}
