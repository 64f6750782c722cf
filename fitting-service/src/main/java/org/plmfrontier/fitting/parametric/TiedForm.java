package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Hoffmann's form with alpha = beta, as Muennighoff et al. 2023 fit it; theta is ln E, ln A, ln B (both at the centre),
 * alpha.
 */
public record TiedForm() implements LossForm {
    @Override
    public int dimension() {
        return 4;
    }

    @Override
    public double lnLoss(double[] theta, double x, double y, double[] gradient, double[] hessian) {
        double[] g = new double[5];
        double[] h = new double[15];
        double value = LogSum.of(theta[0], theta[1] - theta[3] * x, theta[2] - theta[3] * y, g);
        LogSum.derivatives(g, x, y, g, h);
        System.arraycopy(g, 0, gradient, 0, 3);
        System.arraycopy(h, 0, hessian, 0, 6);
        gradient[3] = g[3] + g[4];
        for (int j = 0; j < 3; j++) {
            hessian[6 + j] = h[6 + j] + h[10 + j];
        }
        hessian[9] = h[9] + 2 * h[13] + h[14];
        return value;
    }

    @Override
    public double[][] startGrid() {
        return Arrays.stream(LogSum.EXPONENTS)
                .mapToObj(exponent -> new double[] {exponent})
                .toArray(double[][]::new);
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
        parts[2] = Math.exp(-nonlinear[0] * y - lnLoss);
    }

    @Override
    public double[] theta(double[] nonlinear, double[] lnFactors) {
        return new double[] {lnFactors[0], lnFactors[1], lnFactors[2], nonlinear[0]};
    }

    @Override
    public FitOutcome<LossSurface> surface(double[] theta, double meanX, double meanY) {
        return HoffmannForm.hoffmann(theta[0], theta[1], theta[2], theta[3], theta[3], meanX, meanY);
    }
}
