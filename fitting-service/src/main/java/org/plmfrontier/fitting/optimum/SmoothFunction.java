package org.plmfrontier.fitting.optimum;

/** A function to be minimised. Not for sharing between threads. */
public interface SmoothFunction {

    /** Number of parameters. */
    int dimension();

    /**
     * Moves a trial point, before it is evaluated, to a better one nearby where the function knows it without a search; by
     * default it stays.
     */
    default void improve(double[] trial) {}

    /** Evaluates value, gradient and curvature into the given object. */
    void evaluate(double[] point, LocalModel into);
}
