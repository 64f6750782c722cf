package org.plmfrontier.fitting.optimum;

/** A function to be minimised. Not for sharing between threads. */
public interface SmoothFunction {

    /** Number of parameters. */
    int dimension();

    /** Evaluates value, gradient and curvature into the given object. */
    void evaluate(double[] point, LocalModel into);
}
