package org.plmfrontier.fitting.parametric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.plmfrontier.fitting.form.HoffmannForm;
import org.plmfrontier.fitting.form.KaplanForm;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.objective.HuberObjective;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convergence;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Approach 3: a parametric loss surface fitted to final losses by Huber's loss of ln L (Hoffmann et al. 2022, section 3.3),
 * scaled and centred, with exact derivatives, from every start of the form's grid. Immutable.
 *
 * @param form the family of surfaces
 * @param delta where Huber's loss turns from squares to absolute values, in units of ln L
 */
public record Approach3(LossForm form, double delta) {
    /** The delta of Hoffmann et al. 2022. */
    public static final double USUAL_DELTA = 1e-3;

    /** Fewest different N, and different D. */
    static final int FEWEST_LEVELS = 4;

    public Approach3 {
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException("delta must be positive and finite, got " + delta);
        }
    }

    /** Hoffmann's form with his delta. */
    public static Approach3 hoffmann() {
        return new Approach3(new HoffmannForm(), USUAL_DELTA);
    }

    /** Kaplan's form, Eq. 1 of Serrano et al. 2024, with the same robust loss. */
    public static Approach3 kaplan() {
        return new Approach3(new KaplanForm(), USUAL_DELTA);
    }

    /**
     * The best surface, without intervals. Not identifiable with too few observations, sizes or budgets, or where the loss
     * does not fall with both; not converged if the gradient does not vanish at the best point.
     */
    public FitOutcome<RobustFit> fit(Observations observations) {
        int fewest = form.dimension() + 1;
        if (observations.size() < fewest) {
            return FitOutcome.notIdentifiable("the form has " + form.dimension() + " parameters and needs at least "
                    + fewest + " final losses, there are " + observations.size());
        }
        if (observations.sizes() < FEWEST_LEVELS || observations.budgets() < FEWEST_LEVELS) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "a surface needs losses at %d different N and %d different D, since three fix how the loss falls with it"
                            + " exactly and nothing checks that; there are %d N and %d D: train %s",
                    FEWEST_LEVELS,
                    FEWEST_LEVELS,
                    observations.sizes(),
                    observations.budgets(),
                    observations.sizes() < FEWEST_LEVELS ? "a further size" : "for a further token budget"));
        }
        if (Arrays.stream(observations.lossNats()).distinct().count() < 2) {
            return FitOutcome.notIdentifiable("all losses are " + observations.lossNats()[0]);
        }
        double[] equal = new double[observations.size()];
        Arrays.fill(equal, 1);
        return fit(observations.centred(), equal);
    }

    private FitOutcome<RobustFit> fit(Centred data, double[] weights) {
        StartPoints starts = new StartPoints(form, data);
        List<MultiStart.Basin> basins = new MultiStart(form.objective(data, weights, delta), delta, DampedNewton.TIGHT)
                .search(starts.all(weights));
        Minimum best = basins.get(0).minimum();
        if (!best.converged()) {
            return FitOutcome.notConverged(RobustFit.unfinished(best, starts.size()));
        }
        Convergence convergence = new Convergence(
                HuberObjective.unscaled(best.value(), data.size(), delta),
                best.gradientNorm(),
                best.iterations(),
                starts.size(),
                RobustFit.shareAtBest(basins));
        return form.surface(best.point(), data.meanX(), data.meanY())
                .map(surface -> new RobustFit(
                        surface, best.point(), convergence, RobustFit.rival(form, data, basins, surface)));
    }

    /** The best surface with intervals by block bootstrap over runs: of a and of everything else by the same estimator. */
    public FitOutcome<ParametricFrontier> fit(Observations observations, Bootstrap bootstrap) {
        return fit(observations)
                .flatMap(best -> SurfaceResamples.draw(this, observations, best, bootstrap)
                        .map(resamples -> new ParametricFrontier(form, observations, best, resamples, bootstrap)));
    }
}
