package org.plmfrontier.fitting.regression;

import java.util.Arrays;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.PowerLaw;

/** Sums for the least squares line through points in logarithms. Mutable, for one thread. */
public final class PowerLawFit {
    private double weights;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double products;

    /**
     * Adds a point.
     *
     * @param lnX natural logarithm of the abscissa
     * @param lnY natural logarithm of the ordinate
     * @param weight inverse variance of {@code lnY} up to a common factor, positive
     */
    public void add(double lnX, double lnY, double weight) {
        weights += weight;
        double share = weight / weights;
        double dx = lnX - meanX;
        meanX += share * dx;
        meanY += share * (lnY - meanY);
        squaresX += weight * dx * (lnX - meanX);
        products += weight * dx * (lnY - meanY);
    }

    /** The law; not identifiable without two different abscissae. */
    public FitOutcome<PowerLaw> law() {
        if (!(squaresX > 1e-12 * weights)) {
            return FitOutcome.notIdentifiable("a power law needs points at two different abscissae");
        }
        double exponent = products / squaresX;
        return FitOutcome.fitted(new PowerLaw(meanY - exponent * meanX, exponent));
    }

    /**
     * The law through points of equal weight.
     *
     * @param x positive
     * @param y positive, as long as x
     */
    public static FitOutcome<PowerLaw> through(double[] x, double[] y) {
        double[] equal = new double[x.length];
        Arrays.fill(equal, 1);
        return through(x, y, equal);
    }

    /**
     * The law through weighted points.
     *
     * @param weight inverse variances of ln y up to a common factor
     */
    public static FitOutcome<PowerLaw> through(double[] x, double[] y, double[] weight) {
        PowerLawFit fit = new PowerLawFit();
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] > 0 && y[i] > 0)) {
                throw new IllegalArgumentException("point " + i + " of a power law is (" + x[i] + ", " + y[i] + ")");
            }
            fit.add(Math.log(x[i]), Math.log(y[i]), weight[i]);
        }
        return fit.law();
    }
}
