package org.plmfrontier.trainer.regression;

/** Newton's direction: the Hessian's system solved by preconditioned conjugate gradients. */
final class ConjugateGradients {
    private static final int MOST_STEPS = 500;

    private ConjugateGradients() {}

    /**
     * Solves H d = -gradient.
     *
     * @param accuracy norm of what is left, relative to the gradient's
     */
    static double[] direction(Objective objective, Preconditioner preconditioner, double[] gradient, double accuracy) {
        int size = gradient.length;
        double[] direction = new double[size];
        double[] left = new double[size];
        for (int i = 0; i < size; i++) {
            left[i] = -gradient[i];
        }
        double[] better = new double[size];
        preconditioner.apply(left, better);
        double[] search = better.clone();
        double[] curved = new double[size];
        double product = dot(left, better);
        double enough = accuracy * norm(gradient);
        for (int step = 0; step < MOST_STEPS && norm(left) > enough; step++) {
            objective.hessianTimes(search, curved);
            double curvature = dot(search, curved);
            if (!(curvature > 0)) {
                break;
            }
            double length = product / curvature;
            for (int i = 0; i < size; i++) {
                direction[i] += length * search[i];
                left[i] -= length * curved[i];
            }
            preconditioner.apply(left, better);
            double next = dot(left, better);
            for (int i = 0; i < size; i++) {
                search[i] = better[i] + next / product * search[i];
            }
            product = next;
        }
        return direction;
    }

    static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
