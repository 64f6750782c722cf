package org.plmfrontier.fitting.usefulness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.regression.PolynomialFit;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.Blocks;
import org.plmfrontier.fitting.resample.DrawnShare;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.Purpose;

/**
 * The second step from compute to what a model is good for: from its loss to a metric. A metric that the loss does not determine
 * is said to be so, and gets no number.
 */
public final class LossToMetric {
    /** Fewer states determine neither a bend nor its absence. */
    private static final int FEWEST = 5;

    private static final int FEWEST_LOSSES = 4;

    /**
     * A parabola of the loss with its vertex inside is taken for a turn where the states are this much likelier under it than under
     * the best monotone law of as many coefficients: twice the difference of the logarithms; 6 is a factor of 20.
     */
    private static final double TURN = 6;

    private static final double LEVEL = 0.95;

    private LossToMetric() {}

    /**
     * The verdict on a metric.
     *
     * @param states those without a loss are left out
     * @param higherIsBetter false of perplexities
     */
    public static FitOutcome<MetricVerdict> of(
            List<MeasuredState> states, boolean higherIsBetter, Bootstrap bootstrap) {
        List<MeasuredState> known =
                states.stream().filter(state -> state.loss().isPresent()).toList();
        double[] losses =
                known.stream().mapToDouble(state -> state.loss().orElseThrow()).toArray();
        double[] values = known.stream().mapToDouble(MeasuredState::value).toArray();
        long different = Arrays.stream(losses).distinct().count();
        if (known.size() < FEWEST || different < FEWEST_LOSSES) {
            return FitOutcome.notIdentifiable(
                    "whether the loss determines it needs at least %d states with %d losses, there are %d with %d"
                            .formatted(FEWEST, FEWEST_LOSSES, known.size(), different));
        }
        if (Arrays.stream(values).distinct().count() == 1) {
            return FitOutcome.fitted(new MetricVerdict.NotPredictable("it is the same in all states, " + values[0]));
        }
        double[] once = new double[known.size()];
        Arrays.fill(once, 1);
        MetricLawFitter fitter = new MetricLawFitter(losses);
        MetricLawFitter.Found monotone = fitter.fit(values, once);
        String turn = turn(losses, values, monotone.squares(), higherIsBetter);
        if (!turn.isEmpty()) {
            return FitOutcome.fitted(new MetricVerdict.NotPredictable(turn));
        }
        double rank = new SpearmansCorrelation().correlation(losses, values);
        if (!isSignificant(rank, known.size())) {
            return FitOutcome.fitted(new MetricVerdict.NotPredictable(
                    "it does not follow the loss: their rank correlation over %d states is %.2f, which may be none"
                            .formatted(known.size(), rank)));
        }
        return predictable(known, fitter, monotone, bootstrap);
    }

    /**
     * The metric at a loss that is itself forecast.
     *
     * @param lossNats with its interval
     */
    public static Estimate at(MetricVerdict.Predictable law, Estimate lossNats, Bootstrap bootstrap) {
        int count = law.resampled().size();
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.METRIC, 1);
        double halfWidth = new TDistribution(1e6).inverseCumulativeProbability((1 + lossNats.level()) / 2);
        double spread = lossNats.width() / 2 / halfWidth;
        double[] drawn = new double[count];
        for (int i = 0; i < count; i++) {
            SplittableRandom random = sampler.generator(bootstrap.resamples() + i);
            double loss = lossNats.value() + spread * random.nextGaussian();
            drawn[i] = law.resampled().get(i).applyAsDouble(loss) + law.deviation() * random.nextGaussian();
        }
        return PercentileInterval.of(law.law().applyAsDouble(lossNats.value()), drawn, bootstrap.level());
    }

    private static FitOutcome<MetricVerdict> predictable(
            List<MeasuredState> states, MetricLawFitter fitter, MetricLawFitter.Found found, Bootstrap bootstrap) {
        double[] values = states.stream().mapToDouble(MeasuredState::value).toArray();
        Blocks runs = Blocks.of(states.stream().map(MeasuredState::run).toArray(String[]::new));
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.METRIC, runs.count());
        List<MetricLaw> resampled = new ArrayList<>();
        for (int i = 0; i < bootstrap.resamples(); i++) {
            double[] weights = runs.weights(sampler.counts(sampler.generator(i)));
            if (differ(states, weights)) {
                resampled.add(fitter.fit(values, weights).law());
            }
        }
        double deviation = Math.sqrt(found.squares() / Math.max(1, states.size() - 3));
        DrawnShare drawn = new DrawnShare(resampled.size(), bootstrap.resamples());
        return drawn.bounds(bootstrap.level())
                ? FitOutcome.fitted(new MetricVerdict.Predictable(found.law(), resampled, deviation))
                : FitOutcome.notIdentifiable(drawn.reason(bootstrap.level(), "determine no law"));
    }

    private static boolean differ(List<MeasuredState> states, double[] weights) {
        return IntStream.range(0, weights.length)
                        .filter(i -> weights[i] > 0)
                        .mapToDouble(i -> states.get(i).loss().orElseThrow())
                        .distinct()
                        .count()
                >= FEWEST_LOSSES - 1;
    }

    private static boolean isSignificant(double rank, int count) {
        if (Math.abs(rank) >= 1 - 1e-12) {
            return true;
        }
        double t = Math.abs(rank) * Math.sqrt((count - 2) / (1 - rank * rank));
        return t > new TDistribution(count - 2.0).inverseCumulativeProbability((1 + LEVEL) / 2);
    }

    /** What speaks for a turn of the metric within the losses tried; empty where nothing does. */
    private static String turn(double[] losses, double[] values, double monotone, boolean higherIsBetter) {
        PolynomialFit parabola = PolynomialFit.of(losses, values, 2).result().orElse(null);
        if (parabola == null) {
            return "";
        }
        double squares = parabola.freedom() * parabola.deviation() * parabola.deviation();
        double curvature = parabola.coefficients()[2];
        double vertex = parabola.centre() - parabola.scale() * parabola.coefficients()[1] / (2 * curvature);
        double lowest = Arrays.stream(losses).min().orElseThrow();
        double highest = Arrays.stream(losses).max().orElseThrow();
        boolean inside = lowest < vertex && vertex < highest;
        boolean best = higherIsBetter ? curvature < 0 : curvature > 0;
        if (!inside || losses.length * Math.log(monotone / squares) <= TURN) {
            return "";
        }
        return best
                ? "it is best near %.3f nats and worse again at the lower losses that were reached".formatted(vertex)
                : "it is worst near %.3f nats and better on both sides of it".formatted(vertex);
    }
}
