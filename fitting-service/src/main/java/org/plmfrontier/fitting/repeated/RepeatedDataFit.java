package org.plmfrontier.fitting.repeated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.RepeatedDataLaw;
import org.plmfrontier.fitting.optimum.DampedNewton;
import org.plmfrontier.fitting.optimum.Minimum;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.RobustFit;
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
 * Muennighoff's law with surface and decays from the same losses. A surface from the losses seen once alone would not do: the
 * law counts parameters beyond what the unique tokens can feed as repeated in a first epoch too, so such losses are off
 * that surface. Intervals by block bootstrap over runs.
 *
 * @param law the best found
 * @param search how it was found
 * @param decays the intervals of its decays
 * @param used losses
 */
public record RepeatedDataFit(RepeatedDataLaw law, Search search, Decays decays, int used, Bootstrap bootstrap) {
    /**
     * How a law was found.
     *
     * @param others other optima within 10 % of the objective, best first
     */
    public record Search(Convergence convergence, List<RepeatedDataLaw> others) {
        public Search {
            Objects.requireNonNull(convergence, "convergence");
            others = List.copyOf(others);
        }
    }

    /**
     * Intervals of the decays.
     *
     * @param ofTokens R_D*, repetitions of the data after which another is worth 1/e of the first
     * @param ofParameters R_N*, the same for excess parameters
     * @param unbounded share of the resamples in which a decay is beyond 10^4, which then stands for it
     */
    public record Decays(Estimate ofTokens, Estimate ofParameters, double unbounded) {
        public Decays {
            Objects.requireNonNull(ofTokens, "ofTokens");
            Objects.requireNonNull(ofParameters, "ofParameters");
        }
    }

    private static final int TOKENS = 5;
    private static final int PARAMETERS = 6;
    private static final double[] STARTS = {1.5, 8, 30, 200};
    private static final double NEARBY = 1.5;
    private static final double APART = 0.2;
    private static final DampedNewton SEARCH = new DampedNewton(1e-5, 300);
    private static final DampedNewton EXACT_ENOUGH = new DampedNewton(1e-5, 200);

    public RepeatedDataFit {
        Objects.requireNonNull(law, "law");
        Objects.requireNonNull(search, "search");
        Objects.requireNonNull(decays, "decays");
        Objects.requireNonNull(bootstrap, "bootstrap");
    }

    /** How the search ended. */
    public Convergence convergence() {
        return search.convergence();
    }

    /** Other optima within 10 % of the objective, best first. */
    public List<RepeatedDataLaw> others() {
        return search.others();
    }

    /** R_D*, repetitions of the data after which another is worth 1/e of the first. */
    public Estimate tokenDecay() {
        return decays.ofTokens();
    }

    /** R_N*, the same for excess parameters. */
    public Estimate parameterDecay() {
        return decays.ofParameters();
    }

    /** Share of the resamples in which a decay is beyond 10^4, which then stands for it. */
    public double unbounded() {
        return decays.unbounded();
    }

    /** Fits; not identifiable without repeated data, without a surface to start from, or with a decay that runs away. */
    public static FitOutcome<RepeatedDataFit> of(RepeatedData data, Bootstrap bootstrap) {
        if (!data.isRepeated()) {
            return FitOutcome.notIdentifiable("no run repeats its data, so nothing tells what repetition is worth");
        }
        if (data.observations().size() <= RepeatedDataObjective.DIMENSION) {
            return FitOutcome.notIdentifiable("the law has " + RepeatedDataObjective.DIMENSION
                    + " parameters and needs more losses, there are "
                    + data.observations().size());
        }
        Approach3 approach = Approach3.hoffmann();
        FitOutcome<RobustFit> once = approach.fit(data.observations().at(data.fresh()));
        FitOutcome<RobustFit> all = approach.fit(data.observations());
        List<HoffmannLaw> surfaces = Stream.of(once, all)
                .flatMap(outcome -> outcome.result().stream())
                .map(fit -> (HoffmannLaw) fit.surface())
                .toList();
        return surfaces.isEmpty()
                ? all.flatMap(fit -> FitOutcome.notIdentifiable("no surface to start from"))
                : searched(data, surfaces, bootstrap);
    }

    private static FitOutcome<RepeatedDataFit> searched(
            RepeatedData data, List<HoffmannLaw> surfaces, Bootstrap bootstrap) {
        double[] equal = new double[data.observations().size()];
        Arrays.fill(equal, 1);
        RepeatedDataObjective objective = RepeatedDataObjective.of(data, equal, Approach3.USUAL_DELTA);
        List<Minimum> ends = surfaces.stream()
                .flatMap(surface -> Arrays.stream(STARTS)
                        .boxed()
                        .flatMap(d -> Arrays.stream(STARTS)
                                .mapToObj(n -> objective.point(surface, Math.log(d), Math.log(n)))))
                .parallel()
                .map(start -> SEARCH.minimise(objective, start))
                .sorted(Comparator.comparingDouble(Minimum::value))
                .toList();
        Minimum best = ends.get(0);
        if (Math.max(best.point()[TOKENS], best.point()[PARAMETERS]) > Math.log(RepeatedData.LARGEST)) {
            return FitOutcome.notIdentifiable("a decay runs away: the data are fitted as well without it");
        }
        if (!best.converged()) {
            return FitOutcome.notConverged(RobustFit.unfinished(best, ends.size()));
        }
        return withIntervals(data, objective, ends, bootstrap);
    }

    private static FitOutcome<RepeatedDataFit> withIntervals(
            RepeatedData data, RepeatedDataObjective objective, List<Minimum> ends, Bootstrap bootstrap) {
        Minimum best = ends.get(0);
        Blocks blocks = Blocks.of(data.observations().run());
        BlockSampler sampler = new BlockSampler(bootstrap, Purpose.REPETITION, blocks.count());
        List<Minimum> rivals = rivals(ends);
        List<double[]> starts = starts(best, rivals);
        List<double[]> resampled = IntStream.range(0, bootstrap.resamples())
                .parallel()
                .mapToObj(k -> {
                    SplittableRandom random = sampler.generator(k);
                    return resample(data, blocks.weights(sampler.counts(random)), starts);
                })
                .filter(lnDecays -> lnDecays.length > 0)
                .toList();
        DrawnShare share = new DrawnShare(resampled.size(), bootstrap.resamples());
        if (!share.bounds(bootstrap.level())) {
            return FitOutcome.notIdentifiable(share.reason(bootstrap.level(), "of the runs do not determine the law"));
        }
        RepeatedDataLaw law = objective.law(best.point()).orElseThrow();
        double edge = Math.log(RepeatedData.LARGEST);
        long beyond =
                resampled.stream().filter(ln -> Math.max(ln[0], ln[1]) >= edge).count();
        List<RepeatedDataLaw> others = rivals.stream()
                .flatMap(end -> objective.law(end.point()).stream())
                .toList();
        return FitOutcome.fitted(new RepeatedDataFit(
                law,
                new Search(convergence(data, law, ends), others),
                new Decays(
                        estimate(law.tokenDecay(), resampled, 0, bootstrap, blocks),
                        estimate(law.parameterDecay(), resampled, 1, bootstrap, blocks),
                        (double) beyond / resampled.size()),
                data.observations().size(),
                bootstrap));
    }

    private static Convergence convergence(RepeatedData data, RepeatedDataLaw law, List<Minimum> ends) {
        Minimum best = ends.get(0);
        long near = ends.stream()
                .filter(end -> end.value() <= RobustFit.NEAR * best.value() && !apart(end, best))
                .count();
        return new Convergence(
                data.objective(law, Approach3.USUAL_DELTA),
                best.gradientNorm(),
                best.iterations(),
                ends.size(),
                (double) near / ends.size());
    }

    private static List<Minimum> rivals(List<Minimum> ends) {
        Minimum best = ends.get(0);
        List<Minimum> rivals = new ArrayList<>();
        for (Minimum end : ends) {
            boolean rival = end.converged() && end.value() <= RobustFit.RIVAL * best.value();
            if (rival && apart(end, best) && rivals.stream().allMatch(other -> apart(end, other))) {
                rivals.add(end);
            }
        }
        return rivals;
    }

    /** The best point, its decays larger and smaller, and the other basins. */
    private static List<double[]> starts(Minimum best, List<Minimum> rivals) {
        List<double[]> starts = new ArrayList<>(List.of(best.point()));
        for (int decay : new int[] {TOKENS, PARAMETERS}) {
            for (double by : new double[] {-NEARBY, NEARBY}) {
                double[] beside = best.point().clone();
                beside[decay] += by;
                starts.add(beside);
            }
        }
        rivals.forEach(rival -> starts.add(rival.point()));
        return starts;
    }

    /** ln R_D* and ln R_N* of a resample, at most ln 10^4; empty where no search ends at a number. */
    private static double[] resample(RepeatedData data, double[] weights, List<double[]> starts) {
        RepeatedDataObjective objective = RepeatedDataObjective.of(data, weights, Approach3.USUAL_DELTA);
        Minimum best = starts.stream()
                .map(start -> EXACT_ENOUGH.minimise(objective, start))
                .min(Comparator.comparingDouble(Minimum::value))
                .orElseThrow();
        double edge = Math.log(RepeatedData.LARGEST);
        return Double.isFinite(best.value())
                ? new double[] {Math.min(edge, best.point()[TOKENS]), Math.min(edge, best.point()[PARAMETERS])}
                : new double[0];
    }

    private static boolean apart(Minimum one, Minimum other) {
        return Math.abs(one.point()[TOKENS] - other.point()[TOKENS]) > APART
                || Math.abs(one.point()[PARAMETERS] - other.point()[PARAMETERS]) > APART;
    }

    private static Estimate estimate(
            double value, List<double[]> lnDecays, int index, Bootstrap bootstrap, Blocks blocks) {
        Estimate ln = PercentileInterval.symmetric(
                Math.log(value),
                lnDecays.stream().mapToDouble(decays -> decays[index]).toArray(),
                bootstrap.level(),
                blocks.count());
        return new Estimate(value, Math.exp(ln.low()), Math.exp(ln.high()), ln.level());
    }
}
