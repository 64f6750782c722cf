package org.plmfrontier.fitting.parametric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.form.LossForm;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.objective.Centred;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.Blocks;
import org.plmfrontier.fitting.resample.DrawnShare;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.Purpose;

/**
 * Surfaces fitted to resampled runs. Warm starts from the best fit alone would keep a resample in the basin of the best fit
 * and give intervals that are too tight: each resample looks at the form's whole grid of starts and searches from nine of
 * them, all local minima among these first, as well as from the best fit.
 *
 * @param surfaces of the resamples that determined one
 * @param tried resamples drawn
 * @param runs blocks they were drawn from
 */
record SurfaceResamples(List<LossSurface> surfaces, int tried, int runs, double level) {
    /** Searches of each resample: nine starts of the grid, apart from each other, and the best fit of all data. */
    static final int STARTS = 10;

    /** An interval's ends are known to some per cent at best: a resample's minimum need not be known to seven digits. */
    private static final DampedNewton EXACT_ENOUGH = new DampedNewton(1e-3, 60);

    static FitOutcome<SurfaceResamples> draw(
            Approach3 approach, Observations observations, RobustFit best, Bootstrap bootstrap) {
        Blocks blocks = Blocks.of(observations.run());
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.SURFACE, blocks.count());
        Centred data = observations.centred();
        Refits refits = new Refits(approach, data, new StartPoints(approach.form(), data), best.theta());
        List<LossSurface> surfaces = IntStream.range(0, bootstrap.resamples())
                .parallel()
                .mapToObj(k -> refits.surface(blocks.weights(sampler.counts(sampler.generator(k)))))
                .flatMap(Optional::stream)
                .toList();
        DrawnShare share = new DrawnShare(surfaces.size(), bootstrap.resamples());
        if (!share.bounds(bootstrap.level())) {
            return FitOutcome.notIdentifiable(share.reason(
                    bootstrap.level(), "of the runs determine no surface on which the loss falls with N and D"));
        }
        return FitOutcome.fitted(
                new SurfaceResamples(surfaces, bootstrap.resamples(), blocks.count(), bootstrap.level()));
    }

    /**
     * Fits to the same observations under other weights.
     *
     * @param best parameters of the best fit to all data
     */
    private record Refits(Approach3 approach, Centred data, StartPoints starts, double[] best) {

        /** The surface under these weights, [observations]. */
        Optional<LossSurface> surface(double[] weights) {
            List<double[]> from = new ArrayList<>(starts.apart(weights, STARTS - 1));
            from.add(best);
            Minimum minimum = SurfaceResamples.best(approach.form(), data, weights, approach.delta(), from);
            return approach.form()
                    .surface(minimum.point(), data.meanX(), data.meanY())
                    .result();
        }
    }

    /** The best end of the searches from these starts. */
    static Minimum best(LossForm form, Centred data, double[] weights, double delta, List<double[]> starts) {
        return new MultiStart(form.objective(data, weights, delta), delta, EXACT_ENOUGH)
                .search(starts)
                .get(0)
                .minimum();
    }

    Estimate estimate(double value, ToDoubleFunction<LossSurface> quantity) {
        return PercentileInterval.expanded(
                value, surfaces.stream().mapToDouble(quantity).toArray(), tried, level, runs);
    }
}
