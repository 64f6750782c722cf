package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Profile likelihood interval of the exponent a: all a whose best fit is not refused by the drop-in-dispersion test
 * (Schrader and Hettmansperger, Biometrika 67, 1980), {@code 2 (rho(a) - rho) <= t^2 lambda}, t being Student's quantile at
 * n - p degrees of freedom and lambda the dispersion with Huber's correction for p parameters (Huber, Robust Statistics,
 * 1981, section 7.6). rho turns from squares to absolute values at 1.345 robust standard deviations of the residuals, where
 * it loses 5 % of efficiency under normal errors; the 0.001 of Hoffmann's objective lies deep inside usual noise, where the
 * test would rest on the few residuals near zero. Without outliers this is the exact profile of least squares (Bates and
 * Watts 1988, section 6.1). It supposes independent errors of ln L, one final loss per run; for several losses per run the
 * bootstrap by run is right.
 */
public final class ProfileOfA {
    private static final double EFFICIENT = 1.345;
    /** Standard deviation of normal errors over their median absolute value. */
    private static final double NORMAL = 1.4826;
    /** Errors of ln L below this are those of arithmetic. */
    private static final double EXACT = 1e-9;

    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 0.99;
    private static final double STEP = 0.02;
    private static final double TOLERANCE = 1e-5;
    private static final DampedNewton SEARCH = new DampedNewton(1e-9, 300);

    private final LossForm form;
    private final Centred data;
    private final double[] equal;
    private final double delta;

    private ProfileOfA(LossForm form, Centred data, double delta) {
        this.form = form;
        this.data = data;
        this.equal = new double[data.size()];
        Arrays.fill(equal, 1);
        this.delta = delta;
    }

    /**
     * The interval around the exponent of the robust fit of a form; not identifiable where it is open on a side.
     *
     * @param level in (0, 1)
     */
    public static FitOutcome<Estimate> interval(Observations observations, Approach3 approach, double level) {
        return approach.fit(observations).flatMap(best -> interval(observations, approach.form(), best, level));
    }

    /** The interval around the exponent of a fit that is there already. */
    static FitOutcome<Estimate> interval(Observations observations, LossForm form, RobustFit best, double level) {
        Centred data = Centred.of(observations);
        double delta = EFFICIENT * scale(residuals(form, data, best.theta()), form.dimension());
        return new ProfileOfA(form, data, delta).around(best, level);
    }

    private static double[] residuals(LossForm form, Centred data, double[] theta) {
        int p = form.dimension();
        double[] g = new double[p];
        double[] h = new double[p * (p + 1) / 2];
        double[] residuals = new double[data.size()];
        Arrays.setAll(residuals, i -> data.lnLoss()[i] - form.lnLoss(theta, data.x()[i], data.y()[i], g, h));
        return residuals;
    }

    /** Normal standard deviation by the median of all but the p smallest residuals: a fit with p parameters makes p vanish. */
    private static double scale(double[] residuals, int p) {
        double[] sizes = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
        double median = sizes[p + (sizes.length - p) / 2];
        return Math.max(EXACT, NORMAL * median);
    }

    private FitOutcome<Estimate> around(RobustFit best, double level) {
        Minimum least = SEARCH.minimise(form.objective(data, equal, delta), best.theta());
        return form.surface(least.point(), data.meanX(), data.meanY())
                .flatMap(surface -> ends(surface.a(), best.surface().a(), least, level));
    }

    private FitOutcome<Estimate> ends(double a, double quoted, Minimum least, double level) {
        double bar = least.value() + allowance(least.point(), level);
        double[] start = form.onLine(least.point());
        double low = end(a, -STEP, start, bar);
        double high = end(a, STEP, start, bar);
        if (low <= LOWEST || high >= HIGHEST) {
            return FitOutcome.notIdentifiable("the likelihood of the exponent stays high up to "
                    + (low <= LOWEST ? low : high) + ", so the data do not bound it");
        }
        return FitOutcome.fitted(new Estimate(quoted, Math.min(quoted, low), Math.max(quoted, high), level));
    }

    /** What the scaled objective may rise: {@code t^2 lambda / 2} over n delta^2. */
    private double allowance(double[] theta, double level) {
        double[] residuals = residuals(form, data, theta);
        int n = residuals.length;
        int freedom = n - form.dimension();
        double squares = 0;
        double inside = 0;
        for (double r : residuals) {
            squares += Math.pow(Math.min(Math.abs(r), delta), 2);
            inside += Math.abs(r) <= delta ? 1.0 / n : 0;
        }
        double correction = 1 + form.dimension() * (1 - inside) / (n * inside);
        double lambda = correction * correction * squares / (freedom * inside);
        double t = new TDistribution(freedom).inverseCumulativeProbability(0.5 * (1 + level));
        return 0.5 * t * t * lambda / (n * delta * delta);
    }

    /** Walks until the bar is crossed, then halves the last step. */
    private double end(double from, double step, double[] start, double bar) {
        double inside = from;
        double[] phi = start;
        double outside = from + step;
        while (outside > LOWEST && outside < HIGHEST) {
            Minimum minimum = at(outside, phi);
            if (minimum.value() > bar) {
                return halved(inside, outside, phi, bar);
            }
            inside = outside;
            phi = minimum.point();
            outside += step;
        }
        return outside;
    }

    private double halved(double in, double out, double[] start, double bar) {
        double inside = in;
        double outside = out;
        while (Math.abs(outside - inside) > TOLERANCE) {
            double middle = 0.5 * (inside + outside);
            if (at(middle, start).value() > bar) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return 0.5 * (inside + outside);
    }

    private Minimum at(double a, double[] start) {
        double[][] line = form.withA(a)
                .orElseThrow(() -> new IllegalArgumentException("the exponent of " + form + " is not free"));
        return SEARCH.minimise(new RestrictedObjective(form.objective(data, equal, delta), line), start);
    }
}
