package org.plmfrontier.fitting.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.law.InteractionLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * {@code L = E + (A N^-alpha + B D^-beta)^gamma} as E plus a soft maximum of two straight lines,
 * {@code ln(L - E) = m = gamma ln(e^(p / gamma) + e^(q / gamma))} with {@code p = P - s x} and {@code q = Q - t y}: s = gamma alpha and
 * t = gamma beta are the slopes where one of N and D alone is short, which the data tell even where they do not tell gamma.
 * theta is ln E, P, Q, s, t, ln gamma.
 */
public record InteractionForm() implements LossForm {
    /** Beyond this gamma and below its inverse the law does not change any more. */
    static final double LARGEST_GAMMA = 30;

    private static final double[] SLOPES = {0.08, 0.16, 0.3, 0.5, 0.9};
    private static final double[] GAMMAS = {0.2, 0.5, 1, 2};
    private static final int DIMENSION = 6;

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public double lnLoss(double[] theta, double x, double y, double[] gradient, double[] hessian) {
        double gamma = Math.exp(theta[5]);
        double p = theta[1] - theta[3] * x;
        double q = theta[2] - theta[4] * y;
        double odds = (p - q) / gamma;
        double larger = Math.max(p, q);
        double lnSum = Math.log1p(Math.exp(-Math.abs(odds)));
        double m = larger + gamma * lnSum;
        double byN = Math.exp((p - m) / gamma);
        double byD = Math.exp((q - m) / gamma);
        double entropy = (m - byN * p - byD * q) / gamma;
        double lnLoss = Math.max(theta[0], m) + Math.log1p(Math.exp(-Math.abs(theta[0] - m)));
        double share = Math.exp(m - lnLoss);
        double floor = Math.exp(theta[0] - lnLoss);
        double[] slope = {0, byN, byD, -x * byN, -y * byD, gamma * entropy};
        double[] bend = {0, 1, -1, -x, y, -gamma * odds};
        int k = 0;
        for (int i = 0; i < DIMENSION; i++) {
            double one = slope[i] - (i == 0 ? 1 : 0);
            gradient[i] = i == 0 ? floor : share * slope[i];
            for (int j = 0; j <= i; j++) {
                double other = slope[j] - (j == 0 ? 1 : 0);
                hessian[k++] = share * (byN * byD / gamma * bend[i] * bend[j] + floor * one * other);
            }
        }
        hessian[k - 1] += share * gamma * entropy;
        return lnLoss;
    }

    @Override
    public double[][] startAxes() {
        return new double[][] {SLOPES, SLOPES, GAMMAS};
    }

    @Override
    public int factors() {
        return 3;
    }

    /** Those of Hoffmann's law with the same slopes, which at the centre is the law to first order. */
    @Override
    public void parts(double[] nonlinear, double x, double y, double lnLoss, double[] parts) {
        parts[0] = Math.exp(-lnLoss);
        parts[1] = Math.exp(-nonlinear[0] * x - lnLoss);
        parts[2] = Math.exp(-nonlinear[1] * y - lnLoss);
    }

    /** The member whose value and slopes at the centre are those of Hoffmann's law with these factors. */
    @Override
    public double[] theta(double[] nonlinear, double[] lnFactors) {
        double gamma = nonlinear[2];
        double larger = Math.max(lnFactors[1], lnFactors[2]);
        double m = larger + Math.log1p(Math.exp(-Math.abs(lnFactors[1] - lnFactors[2])));
        double lnByN = lnFactors[1] - m;
        double lnByD = lnFactors[2] - m;
        double alpha = nonlinear[0];
        double beta = nonlinear[1];
        return new double[] {lnFactors[0], m + gamma * lnByN, m + gamma * lnByD, alpha, beta, Math.log(gamma)};
    }

    @Override
    public FitOutcome<LossSurface> surface(double[] theta, double meanX, double meanY) {
        if (!(theta[3] > 0 && theta[4] > 0)) {
            return FitOutcome.notIdentifiable("the loss does not fall with both N and D: its slopes are " + -theta[3]
                    + " over ln N and " + -theta[4] + " over ln D");
        }
        if (!(Math.abs(theta[5]) <= Math.log(LARGEST_GAMMA))) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "gamma runs away, to %.3g: the data do not tell how N and D interact",
                    Math.exp(theta[5])));
        }
        double gamma = Math.exp(theta[5]);
        double alpha = theta[3] / gamma;
        double beta = theta[4] / gamma;
        return FitOutcome.fitted(new InteractionLaw(
                theta[0],
                new InteractionLaw.PowerSum(
                        theta[1] / gamma + alpha * meanX, theta[2] / gamma + beta * meanY, alpha, beta),
                gamma));
    }

    @Override
    public List<Flag> flags(Function<ToDoubleFunction<LossSurface>, Estimate> estimate) {
        Estimate gamma = estimate.apply(surface -> ((InteractionLaw) surface).gamma());
        List<Flag> flags = new ArrayList<>();
        if (gamma.covers(1)) {
            flags.add(flag(
                    "GAMMA_NOT_TOLD_FROM_ONE",
                    "gamma is %.2g to %.2g, so the data do not tell this law from Hoffmann's, of gamma 1",
                    gamma));
        }
        if (gamma.high() > LARGEST_GAMMA / 2 || gamma.low() < 2 / LARGEST_GAMMA) {
            flags.add(flag(
                    "GAMMA_UNBOUNDED",
                    "gamma is %.2g to %.2g, so the data do not bound how sharply the worse of N and D decides",
                    gamma));
        }
        return flags;
    }

    private static Flag flag(String code, String sentence, Estimate gamma) {
        return new Flag(code, String.format(Locale.ROOT, sentence, gamma.low(), gamma.high()));
    }
}
