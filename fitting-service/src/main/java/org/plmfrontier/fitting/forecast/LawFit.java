package org.plmfrontier.fitting.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.optimum.Cholesky;

/**
 * The most likely law under its prior, by weighted regression of ln L with Student's t of four degrees of freedom: iteratively
 * reweighted, damped Gauss-Newton steps from a few starts. Losses far above the best at their compute count little: nobody plans
 * such runs, and no law of two terms holds there.
 */
final class LawFit {
    /** Excess over the best loss at like compute at which a loss counts half, in ln L. */
    private static final double FAR_ABOVE = 0.04;

    private static final double LIKE_COMPUTE = Math.log(2);
    private static final double MAD_TO_SD = 1.4826;
    private static final double LEAST_SIGMA = 2e-4;
    private static final double FIRST_SIGMA = 0.02;
    private static final double DEGREES = 4;
    private static final int ITERATIONS = 80;
    private static final int TRIES = 8;
    private static final double CONVERGED = 1e-6;

    private final LossForm form;
    private final Losses losses;
    private final double[] weight;
    private final double effective;
    private final double meanX;
    private final double meanY;
    private final double[] prior;
    private final double[] priorSd;
    private final int dimension;

    private double[] theta = {};
    private double[] factor = {};
    private double sigma = FIRST_SIGMA;

    /** One of the starts' ends. */
    private record End(double objective, double[] theta, double sigma) {}

    private LawFit(LossLaw law, Losses losses, double[] weight) {
        this.form = law.form();
        this.losses = losses;
        this.dimension = form.dimension();
        this.weight = weight;
        this.effective = Math.max(dimension + 1, Arrays.stream(weight).sum());
        this.meanX = Arrays.stream(losses.lnParameters()).average().orElseThrow();
        this.meanY = Arrays.stream(losses.lnTokens()).average().orElseThrow();
        double mean = IntStream.range(0, losses.size())
                        .mapToDouble(i -> weight[i] * losses.lnLoss()[i])
                        .sum()
                / Arrays.stream(weight).sum();
        this.prior = law.priorMean(Arrays.stream(losses.lnLoss()).min().orElseThrow(), mean);
        this.priorSd = law.priorSd();
    }

    static LawFit of(LossLaw law, Losses losses) {
        return of(law, new LawFit(law, losses, weights(losses)));
    }

    /** With all losses alike, wherever they lie. */
    static LawFit ofAllAlike(LossLaw law, Losses losses) {
        double[] alike = new double[losses.size()];
        Arrays.fill(alike, 1);
        return of(law, new LawFit(law, losses, alike));
    }

    private static LawFit of(LossLaw law, LawFit fit) {
        End best = Arrays.stream(law.starts(fit.prior))
                .map(fit::search)
                .min(Comparator.comparingDouble(End::objective))
                .orElseThrow();
        fit.theta = best.theta();
        fit.sigma = best.sigma();
        fit.factor = fit.curvature(fit.theta, fit.sigma);
        if (!Cholesky.factor(fit.factor, fit.dimension)) {
            throw new IllegalStateException("the curvature of " + law + " with its prior is not positive definite");
        }
        return fit;
    }

    /** Standard deviation of a loss about the law, in ln L. */
    double noise() {
        return sigma;
    }

    /** ln L by the law. */
    double lnLoss(double lnParameters, double lnTokens) {
        return form.lnLoss(
                theta,
                lnParameters - meanX,
                lnTokens - meanY,
                new double[dimension],
                new double[dimension * (dimension + 1) / 2]);
    }

    /** What {@link #variance} is the squared length of; products of two places are their covariance. */
    double[] spread(double lnParameters, double lnTokens) {
        double[] gradient = new double[dimension];
        form.lnLoss(
                theta, lnParameters - meanX, lnTokens - meanY, gradient, new double[dimension * (dimension + 1) / 2]);
        Cholesky.solveLower(factor, dimension, gradient);
        return gradient;
    }

    /** Variance of ln L for want of the law's parameters. */
    double variance(double lnParameters, double lnTokens) {
        return Arrays.stream(spread(lnParameters, lnTokens))
                .map(part -> part * part)
                .sum();
    }

    private static double[] weights(Losses losses) {
        double[] weight = new double[losses.size()];
        for (int i = 0; i < weight.length; i++) {
            double best = losses.lnLoss()[i];
            for (int j = 0; j < weight.length; j++) {
                if (Math.abs(losses.lnCompute(j) - losses.lnCompute(i)) < LIKE_COMPUTE) {
                    best = Math.min(best, losses.lnLoss()[j]);
                }
            }
            double excess = (losses.lnLoss()[i] - best) / FAR_ABOVE;
            weight[i] = 1 / (1 + excess * excess);
        }
        return weight;
    }

    private End search(double[] start) {
        double[] at = start.clone();
        double scale = FIRST_SIGMA;
        double damping = 1e-2;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] residuals = residuals(at);
            if (iteration % 3 == 0) {
                scale = sigma(residuals);
            }
            double objective = objective(at, residuals, scale);
            double[] hessian = curvature(at, scale);
            double[] pull = pull(at, residuals, scale);
            double largest = 0;
            boolean better = false;
            for (int attempt = 0; attempt < TRIES && !better; attempt++) {
                double[] step = step(hessian, pull, damping);
                double[] next = at.clone();
                for (int k = 0; k < dimension; k++) {
                    next[k] += step[k];
                }
                if (objective(next, residuals(next), scale) <= objective) {
                    at = next;
                    largest = Arrays.stream(step).map(Math::abs).max().orElseThrow();
                    better = true;
                } else {
                    damping *= 4;
                }
            }
            if (!better || largest < CONVERGED && iteration > 6) {
                break;
            }
            damping = Math.max(damping / 5, 1e-9);
        }
        double[] residuals = residuals(at);
        double last = sigma(residuals);
        return new End(objective(at, residuals, last) + effective * Math.log(last), at, last);
    }

    private double[] residuals(double[] at) {
        double[] gradient = new double[dimension];
        double[] second = new double[dimension * (dimension + 1) / 2];
        double[] residuals = new double[losses.size()];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = losses.lnLoss()[i]
                    - form.lnLoss(at, losses.lnParameters()[i] - meanX, losses.lnTokens()[i] - meanY, gradient, second);
        }
        return residuals;
    }

    /** Scale of the residuals by their weighted median size. */
    private double sigma(double[] residuals) {
        int[] order = IntStream.range(0, residuals.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(residuals[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        double half = Arrays.stream(weight).sum() / 2;
        double sum = 0;
        double median = 0;
        for (int i : order) {
            sum += weight[i];
            median = Math.abs(residuals[i]);
            if (sum >= half) {
                break;
            }
        }
        double freedom = Math.sqrt(effective / Math.max(1, effective - dimension));
        return Math.max(LEAST_SIGMA, MAD_TO_SD * median * freedom);
    }

    private double objective(double[] at, double[] residuals, double scale) {
        double value = 0;
        for (int i = 0; i < residuals.length; i++) {
            double z = residuals[i] / scale;
            value += weight[i] * (DEGREES + 1) / 2 * Math.log1p(z * z / DEGREES);
        }
        for (int k = 0; k < dimension; k++) {
            double z = (at[k] - prior[k]) / priorSd[k];
            value += z * z / 2;
        }
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    /** Weight of a residual in the normal equations. */
    private double precision(int i, double residual, double scale) {
        double z = residual / scale;
        return weight[i] * (DEGREES + 1) / (DEGREES + z * z) / (scale * scale);
    }

    private double[] curvature(double[] at, double scale) {
        double[] gradient = new double[dimension];
        double[] second = new double[dimension * (dimension + 1) / 2];
        double[] hessian = new double[second.length];
        for (int i = 0; i < losses.size(); i++) {
            double value =
                    form.lnLoss(at, losses.lnParameters()[i] - meanX, losses.lnTokens()[i] - meanY, gradient, second);
            double w = precision(i, losses.lnLoss()[i] - value, scale);
            int k = 0;
            for (int row = 0; row < dimension; row++) {
                for (int column = 0; column <= row; column++) {
                    hessian[k++] += w * gradient[row] * gradient[column];
                }
            }
        }
        for (int row = 0; row < dimension; row++) {
            hessian[row * (row + 1) / 2 + row] += 1 / (priorSd[row] * priorSd[row]);
        }
        return hessian;
    }

    private double[] pull(double[] at, double[] residuals, double scale) {
        double[] gradient = new double[dimension];
        double[] second = new double[dimension * (dimension + 1) / 2];
        double[] pull = new double[dimension];
        for (int i = 0; i < residuals.length; i++) {
            form.lnLoss(at, losses.lnParameters()[i] - meanX, losses.lnTokens()[i] - meanY, gradient, second);
            double w = precision(i, residuals[i], scale) * residuals[i];
            for (int k = 0; k < dimension; k++) {
                pull[k] += w * gradient[k];
            }
        }
        for (int k = 0; k < dimension; k++) {
            pull[k] -= (at[k] - prior[k]) / (priorSd[k] * priorSd[k]);
        }
        return pull;
    }

    private double[] step(double[] hessian, double[] pull, double damping) {
        double[] damped = hessian.clone();
        for (int row = 0; row < dimension; row++) {
            damped[row * (row + 1) / 2 + row] *= 1 + damping;
        }
        double[] step = pull.clone();
        if (!Cholesky.factor(damped, dimension)) {
            return new double[dimension];
        }
        Cholesky.solve(damped, dimension, step);
        return step;
    }
}
