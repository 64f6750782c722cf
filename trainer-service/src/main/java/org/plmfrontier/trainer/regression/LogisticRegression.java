package org.plmfrontier.trainer.regression;

import java.util.Optional;

/**
 * Multinomial logistic regression with an L2 penalty on standardised features, solved by Newton's method whose steps come from
 * conjugate gradients (Nocedal and Wright 2006, algorithm 7.1). The objective is convex, so there is one solution; the biases
 * sum to 0. Deterministic, in double precision on one thread.
 *
 * @param lambda strength of the penalty, lambda / 2 times the sum of the squared weights beside the mean loss
 * @param accuracy norm of the gradient at which it is solved; weights are then off by accuracy / lambda at most
 */
public record LogisticRegression(double lambda, double accuracy) {
    /** Solved to what predictions can show. */
    public static final double USUAL_ACCURACY = 1e-8;

    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 40;
    private static final double SUFFICIENT = 1e-4;
    private static final double ROUNDING = 1e-14;

    public LogisticRegression {
        if (!(lambda > 0 && lambda < Double.MAX_VALUE) || !(accuracy > 0)) {
            throw new IllegalArgumentException(
                    "lambda and accuracy must be positive, got " + lambda + " and " + accuracy);
        }
    }

    /**
     * What was found.
     *
     * @param objective mean loss with the penalty, nats per row
     * @param gradientNorm how near to the solution it stopped
     * @param steps of Newton's method
     */
    public record Fit(LinearClassifier classifier, double objective, double gradientNorm, int steps) {}

    /**
     * Fits rows, standardised by their own mean and deviation.
     *
     * @throws ArithmeticException where a feature is not finite
     * @throws java.util.concurrent.CancellationException where the thread is interrupted meanwhile
     */
    public Fit fit(LabelledRows data) {
        return fit(data, Standardisation.of(data.rows()), Optional.empty());
    }

    /**
     * Fits rows from a solution for another lambda.
     *
     * @param start of the same features and classes
     */
    Fit fit(LabelledRows data, Standardisation features, Optional<LinearClassifier> start) {
        Objective objective = new Objective(data, features, lambda);
        double[] at = start.map(LinearClassifier::parameters).orElseGet(() -> new double[objective.parameters()]);
        double[] gradient = new double[at.length];
        double value = objective.evaluate(at, gradient);
        double norm = ConjugateGradients.norm(gradient);
        int steps = 0;
        while (norm > accuracy && steps < MOST_STEPS) {
            Preconditioner preconditioner = Preconditioner.of(data, features, objective, lambda);
            double forcing = Math.min(0.25, Math.sqrt(norm));
            double[] direction = ConjugateGradients.direction(objective, preconditioner, gradient, forcing);
            double slope = ConjugateGradients.dot(gradient, direction);
            double[] from = at;
            double before = value;
            double length = 1;
            for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
                at = moved(from, direction, length);
                value = objective.evaluate(at, gradient);
                if (value <= before + SUFFICIENT * length * slope + ROUNDING * Math.abs(before)) {
                    break;
                }
            }
            norm = ConjugateGradients.norm(gradient);
            steps++;
        }
        return new Fit(new LinearClassifier(at, data.classes(), features), value, norm, steps);
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + length * direction[i];
        }
        return to;
    }
}
