package org.plmfrontier.fitting.regression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convergence;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.resample.BlockSampler;
import org.plmfrontier.fitting.resample.Blocks;
import org.plmfrontier.fitting.resample.DrawnShare;
import org.plmfrontier.fitting.resample.PercentileInterval;
import org.plmfrontier.fitting.resample.Purpose;

/**
 * {@code L = E + A x^-g} of one quantity x, as L(N) at a token count or L(C) along the frontier (Kaplan et al. 2020, Eq. 1.1
 * and 1.3, with a floor), by least squares of L.
 *
 * @param coefficients E, ln A and g
 * @param residualNats standard deviation of a residual
 * @param convergence of the search over g; its objective is the sum of squares in nats^2
 * @param used points
 * @param bootstrap how the intervals were made, over runs
 */
public record PlainLaw(
        Coefficients coefficients, double residualNats, Convergence convergence, int used, Bootstrap bootstrap) {
    /**
     * The three numbers of the law.
     *
     * @param floor E in nats
     * @param lnAmplitude ln A
     * @param exponent g
     */
    public record Coefficients(Estimate floor, Estimate lnAmplitude, Estimate exponent) {
        public Coefficients {
            Objects.requireNonNull(floor, "floor");
            Objects.requireNonNull(lnAmplitude, "lnAmplitude");
            Objects.requireNonNull(exponent, "exponent");
        }
    }

    private static final int FEWEST = 4;

    public PlainLaw {
        Objects.requireNonNull(coefficients, "coefficients");
        Objects.requireNonNull(convergence, "convergence");
        Objects.requireNonNull(bootstrap, "bootstrap");
    }

    /** E in nats. */
    public Estimate floor() {
        return coefficients.floor();
    }

    /** ln A. */
    public Estimate lnAmplitude() {
        return coefficients.lnAmplitude();
    }

    /** g. */
    public Estimate exponent() {
        return coefficients.exponent();
    }

    /** Losses of one resample: [n] nats and [n] weights, 0 where the resample has none. */
    public record Redrawn(double[] lossNats, double[] weight) {}

    /**
     * Fits losses of runs. Not identifiable with fewer than four different x, where the best curve does not fall, or where its
     * exponent, or an end of its interval, lies at the edge of what is searched.
     *
     * @param run [n] the run of each point: resampling takes all of a run together
     * @param x [n] N, or C in FLOPs, positive
     * @param lossNats [n]
     */
    public static FitOutcome<PlainLaw> fit(String[] run, double[] x, double[] lossNats, Bootstrap bootstrap) {
        Blocks blocks = Blocks.of(run);
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.POWER_LAW, blocks.count());
        List<Redrawn> resamples = IntStream.range(0, bootstrap.resamples())
                .mapToObj(k -> {
                    SplittableRandom random = sampler.generator(k);
                    return new Redrawn(lossNats, blocks.weights(sampler.counts(random)));
                })
                .toList();
        return fit(x, lossNats, resamples, blocks.count(), bootstrap);
    }

    /**
     * Fits losses whose resamples the caller has drawn, as those along an envelope.
     *
     * @param x [n] positive
     * @param lossNats [n]
     * @param blocks number of runs that were drawn from
     */
    public static FitOutcome<PlainLaw> fit(
            double[] x, double[] lossNats, List<Redrawn> resamples, int blocks, Bootstrap bootstrap) {
        long different = Arrays.stream(x).distinct().count();
        if (different < FEWEST) {
            return FitOutcome.notIdentifiable(
                    "a power law with a floor needs four different abscissae, there are " + different);
        }
        double[] lnX = Arrays.stream(x).map(Math::log).toArray();
        double centre = Arrays.stream(lnX).average().orElseThrow();
        double[] centred = Arrays.stream(lnX).map(v -> v - centre).toArray();
        double[] equal = new double[x.length];
        Arrays.fill(equal, 1);
        OffsetPowerLaw best = OffsetPowerLaw.withFloor(centred, lossNats, equal);
        if (!(best.amplitude() > 0)) {
            return FitOutcome.notIdentifiable("the loss does not fall with x");
        }
        if (OffsetPowerLaw.isAtTheEdge(best.decay())) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "the exponent runs to %.2g, the edge of what is searched: the points do not tell a power law from another"
                            + " curve",
                    best.decay()));
        }
        OffsetPowerLaw[] resampled = resamples.stream()
                .parallel()
                .map(drawn -> OffsetPowerLaw.withFloor(centred, drawn.lossNats(), drawn.weight()))
                .filter(law -> law.amplitude() > 0)
                .toArray(OffsetPowerLaw[]::new);
        DrawnShare share = new DrawnShare(resampled.length, bootstrap.resamples());
        if (!share.bounds(bootstrap.level())) {
            return FitOutcome.notIdentifiable(share.reason(bootstrap.level(), "have a loss that does not fall with x"));
        }
        Estimate exponent = estimate(best, resampled, OffsetPowerLaw::decay, bootstrap, blocks);
        if (OffsetPowerLaw.isAtTheEdge(exponent.low()) || OffsetPowerLaw.isAtTheEdge(exponent.high())) {
            return FitOutcome.notIdentifiable(String.format(
                    Locale.ROOT,
                    "the interval of the exponent reaches from %.2g to %.2g, the edge of what is searched: the points do not"
                            + " tell the floor from the slope",
                    exponent.low(),
                    exponent.high()));
        }
        ToDoubleFunction<OffsetPowerLaw> lnAmplitude = law -> Math.log(law.amplitude()) + law.decay() * centre;
        return FitOutcome.fitted(new PlainLaw(
                new Coefficients(
                        estimate(best, resampled, OffsetPowerLaw::floor, bootstrap, blocks),
                        estimate(best, resampled, lnAmplitude, bootstrap, blocks),
                        exponent),
                Math.sqrt(best.residualSquares() / (x.length - FEWEST + 1)),
                OffsetPowerLaw.convergence(best, centred, lossNats),
                x.length,
                bootstrap));
    }

    /** Loss at x by the point estimate, nats. */
    public double at(double x) {
        return floor().value() + Math.exp(lnAmplitude().value() - exponent().value() * Math.log(x));
    }

    private static Estimate estimate(
            OffsetPowerLaw best,
            OffsetPowerLaw[] resampled,
            ToDoubleFunction<OffsetPowerLaw> quantity,
            Bootstrap bootstrap,
            int blocks) {
        return PercentileInterval.expanded(
                quantity.applyAsDouble(best),
                Arrays.stream(resampled).mapToDouble(quantity).toArray(),
                bootstrap.resamples(),
                bootstrap.level(),
                blocks);
    }
}
