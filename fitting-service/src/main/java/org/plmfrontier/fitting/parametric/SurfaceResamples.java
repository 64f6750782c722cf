package org.plmfrontier.fitting.parametric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.Blocks;
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

    private static final double ENOUGH = 0.5;
    /** An interval's ends are known to some per cent at best: a resample's minimum need not be known to seven digits. */
    private static final DampedNewton EXACT_ENOUGH = new DampedNewton(1e-3, 60);

    static FitOutcome<SurfaceResamples> draw(
            Approach3 approach, Observations observations, RobustFit best, Bootstrap bootstrap) {
        Centred data = Centred.of(observations);
        StartPoints starts = new StartPoints(approach.form(), data);
        Blocks blocks = Blocks.of(observations.run());
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.SURFACE, blocks.count());
        List<LossSurface> surfaces = IntStream.range(0, bootstrap.resamples())
                .parallel()
                .mapToObj(k -> resample(approach, data, starts, blocks, sampler, k, best.theta()))
                .flatMap(Optional::stream)
                .toList();
        if (surfaces.size() < ENOUGH * bootstrap.resamples()) {
            return FitOutcome.notIdentifiable("only " + surfaces.size() + " of " + bootstrap.resamples()
                    + " resamples of the runs determine a surface on which the loss falls with N and D");
        }
        return FitOutcome.fitted(
                new SurfaceResamples(surfaces, bootstrap.resamples(), blocks.count(), bootstrap.level()));
    }

    private static Optional<LossSurface> resample(
            Approach3 approach,
            Centred data,
            StartPoints starts,
            Blocks blocks,
            BlockSampler sampler,
            int index,
            double[] best) {
        SplittableRandom random = sampler.generator(index);
        return surface(approach, data, starts, blocks.weights(sampler.counts(random)), best);
    }

    /**
     * The surface of one resample.
     *
     * @param weights [observations]
     * @param best parameters of the best fit to all data
     */
    static Optional<LossSurface> surface(
            Approach3 approach, Centred data, StartPoints starts, double[] weights, double[] best) {
        List<double[]> from = new ArrayList<>(starts.apart(weights, STARTS - 1));
        from.add(best);
        Minimum minimum = best(approach.form(), data, weights, approach.delta(), from);
        return approach.form()
                .surface(minimum.point(), data.meanX(), data.meanY())
                .result();
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
                value, surfaces.stream().mapToDouble(quantity).toArray(), level, runs);
    }
}
