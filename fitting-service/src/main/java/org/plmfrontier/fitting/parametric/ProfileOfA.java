package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Profile likelihood interval of the exponent a of Hoffmann's form: all a whose best fit has a sum of squares of ln L within
 * {@code 1 + t^2 / (n - 5)} of the least, t being Student's quantile (Bates and Watts 1988, section 6.1). It supposes
 * independent normal errors of ln L, one final loss per run; for several losses per run the bootstrap by run is right.
 */
public final class ProfileOfA {
    /** A delta at which every residual is squared. */
    private static final double SQUARES = 10;

    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 0.99;
    private static final double STEP = 0.02;
    private static final double TOLERANCE = 1e-5;
    private static final int PARAMETERS = 5;
    private static final DampedNewton SEARCH = new DampedNewton(1e-12, 300);

    private final Centred data;
    private final double[] weights;

    private ProfileOfA(Observations observations) {
        this.data = Centred.of(observations);
        this.weights = new double[observations.size()];
        Arrays.fill(weights, 1);
    }

    /**
     * The interval around the least squares estimate; not identifiable where it is open on a side.
     *
     * @param level in (0, 1)
     */
    public static FitOutcome<Estimate> interval(Observations observations, double level) {
        return new Approach3(new HoffmannForm(), SQUARES)
                .fit(observations)
                .flatMap(best -> new ProfileOfA(observations).around(best, level));
    }

    private FitOutcome<Estimate> around(RobustFit best, double level) {
        int freedom = weights.length - PARAMETERS;
        double t = new TDistribution(freedom).inverseCumulativeProbability(0.5 * (1 + level));
        double bar = best.convergence().objective() * (1 + t * t / freedom);
        double[] theta = best.theta();
        double[] start = {theta[0], theta[1], theta[2], theta[3] + theta[4]};
        double a = best.surface().a();
        double low = end(a, -STEP, start, bar);
        double high = end(a, STEP, start, bar);
        if (low <= LOWEST || high >= HIGHEST) {
            return FitOutcome.notIdentifiable("the likelihood of the exponent stays high up to "
                    + (low <= LOWEST ? low : high) + ", so the data do not bound it");
        }
        return FitOutcome.fitted(new Estimate(a, Math.min(a, low), Math.max(a, high), level));
    }

    /** Walks until the bar is crossed, then halves the last step. */
    private double end(double from, double step, double[] start, double bar) {
        double inside = from;
        double[] theta = start;
        double outside = from + step;
        while (outside > LOWEST && outside < HIGHEST) {
            Minimum minimum = at(outside, theta);
            if (unscaled(minimum) > bar) {
                return halved(inside, outside, theta, bar);
            }
            inside = outside;
            theta = minimum.point();
            outside += step;
        }
        return outside;
    }

    private double halved(double in, double out, double[] start, double bar) {
        double inside = in;
        double outside = out;
        while (Math.abs(outside - inside) > TOLERANCE) {
            double middle = 0.5 * (inside + outside);
            if (unscaled(at(middle, start)) > bar) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return 0.5 * (inside + outside);
    }

    private Minimum at(double a, double[] start) {
        return SEARCH.minimise(new FixedRatioForm(a).objective(data, weights, SQUARES), start);
    }

    private double unscaled(Minimum minimum) {
        return minimum.value() * weights.length * SQUARES * SQUARES;
    }
}
