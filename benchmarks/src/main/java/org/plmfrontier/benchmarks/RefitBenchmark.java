package org.plmfrontier.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.CurveStudy;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.forecast.BestSize;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.parametric.ParametricFrontier;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** What the fitting service computes when a slice ends: 32 runs of 2,000 points, 240 final losses. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class RefitBenchmark {
    private static final double NOISE_NATS = 0.01;
    private static final Bootstrap FEWEST = new Bootstrap(Bootstrap.FEWEST, 0.95, 1);
    private static final Bootstrap LIVE = new Bootstrap(200, 0.95, 1);

    private final List<RunCurve> curves = PlantedStudy.curves(32, 2000, NOISE_NATS, 1);
    private final List<RunCurve> withFinals = withFinals(curves);
    private final List<SmoothedCurve> smoothed = smooth(curves);
    private final Observations finals = PlantedStudy.finals(20, 12, NOISE_NATS, 1);

    @Benchmark
    public List<SmoothedCurve> smoothAllCurves() {
        return smooth(curves);
    }

    @Benchmark
    public FitOutcome<EnvelopeFrontier> envelopeWithIntervals() {
        return Approach1.fit(smoothed, LIVE);
    }

    @Benchmark
    public FitOutcome<ParametricFrontier> hoffmannWithIntervals() {
        return Approach3.hoffmann().fit(finals, LIVE);
    }

    /** Smoothing, every usual method and the verdicts, with the fewest resamples that there can be. */
    @Benchmark
    public Map<Method, FitOutcome<MethodFit>> everyMethod() {
        StudyData study = CurveStudy.of(smooth(withFinals), Map.of(), Convention.STUDY);
        return Analyses.fit(study, Methods.usual(), FEWEST);
    }

    /** What the page asks for besides: a forecaster of the family's final losses, and its answer for ten times their compute. */
    @Benchmark
    public FitOutcome<BestSize> forecastAndAnswer() {
        Forecaster forecaster = Forecaster.of(Losses.of(finals.parameters(), finals.tokens(), finals.lossNats())
                .thinned(Forecaster.MOST));
        return forecaster.best(10 * forecaster.mostComputeFlops());
    }

    private static List<RunCurve> withFinals(List<RunCurve> curves) {
        List<RunCurve> more = new ArrayList<>();
        for (RunCurve curve : curves) {
            List<FinalPoint> finals = new ArrayList<>();
            for (int part = 1; part <= 4; part++) {
                int at = curve.size() * part / 4 - 1;
                finals.add(
                        new FinalPoint(curve.tokens(at), curve.tokens(at), curve.computeFlops(at), curve.lossNats(at)));
            }
            more.add(curve.plusFinals(finals));
        }
        return more;
    }

    private static List<SmoothedCurve> smooth(List<RunCurve> curves) {
        return curves.stream()
                .map(curve -> SmoothedCurve.of(curve, Stiffness.crossValidated()))
                .flatMap(outcome -> outcome.result().stream())
                .toList();
    }
}
