package org.plmfrontier.fitting.parametric;

import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * A family of loss surfaces over x = ln N and y = ln D, both less their means so that the parameters of the family are
 * nearly independent of each other. Stateless. A member of the family is theta, whose meaning is the family's own.
 */
public sealed interface LossForm permits HoffmannForm, FixedRatioForm, KaplanForm {

    /** Length of theta. */
    int dimension();

    /**
     * ln L at one place.
     *
     * @param gradient [dimension] receives the derivatives over theta
     * @param hessian [dimension (dimension + 1) / 2] receives the second derivatives, lower triangle by rows
     * @return ln L; not a number where theta is no member of the family
     */
    double lnLoss(double[] theta, double x, double y, double[] gradient, double[] hessian);

    /**
     * The robust objective of the family on data, as quick as the family allows.
     *
     * @param weights [observations], 0 leaves one out
     */
    RobustObjective objective(Centred data, double[] weights, double delta);

    /**
     * Values of the non-linear parameters from which searches start, row by row of a rectangle: [starts][nonlinear
     * parameters].
     */
    double[][] startGrid();

    /** Columns of the rectangle, so that a start's neighbours are known. */
    int startColumns();

    /** Number of positive factors in which the family is linear once the non-linear parameters are fixed. */
    int factors();

    /**
     * The parts whose sum, each times its factor, is the loss or a power of it, divided by the observed value of that.
     *
     * @param nonlinear one row of {@link #startGrid()}
     * @param lnLoss the observed ln L
     * @param parts [factors] receives them
     */
    void parts(double[] nonlinear, double x, double y, double lnLoss, double[] parts);

    /** Theta from the non-linear parameters and the logarithms of the factors. */
    double[] theta(double[] nonlinear, double[] lnFactors);

    /**
     * The surface in the uncentred quantities; not identifiable where the loss does not fall with N and D.
     *
     * @param meanX mean of ln N
     * @param meanY mean of ln D
     */
    FitOutcome<LossSurface> surface(double[] theta, double meanX, double meanY);
}
