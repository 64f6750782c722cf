package org.plmfrontier.fitting.objective;

/** ln L as a function of x = ln N and y = ln D, both less their means, and of the parameters theta of a family. Stateless. */
public interface LogLoss {

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
}
