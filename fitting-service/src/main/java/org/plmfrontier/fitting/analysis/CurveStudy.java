package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.isoflop.IsoFlopPoint;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.parametric.RepeatedData;
import org.plmfrontier.fitting.quantity.Convention;

/** Makes the data of all methods from the curves of a study of the suite. */
public final class CurveStudy {
    /** Budgets at which curves are cut for parabolas. */
    static final int CUTS = 8;
    /** Fewest sizes of a cut that a parabola can use. */
    static final int FEWEST_SIZES = 3;

    private CurveStudy() {}

    /**
     * A study: held-out final losses for surfaces, smoothed curves for everything else. Losses beyond
     * {@value FinalRows#MOST_EPOCHS} epochs stand with the repeated data alone.
     *
     * @param smoothed one per run that can be smoothed
     * @param uniqueTokens tokens of an epoch by run; a run that is not named repeats nothing
     */
    public static StudyData of(List<SmoothedCurve> smoothed, Map<String, Double> uniqueTokens, Convention convention) {
        List<Observation> finals = smoothed.stream()
                .map(SmoothedCurve::run)
                .flatMap(CurveStudy::finals)
                .toList();
        double[] unique = finals.stream()
                .mapToDouble(loss ->
                        Math.min(loss.tokens(), uniqueTokens.getOrDefault(loss.run(), Double.POSITIVE_INFINITY)))
                .toArray();
        List<Observation> few = IntStream.range(0, finals.size())
                .filter(i -> finals.get(i).tokens() <= FinalRows.MOST_EPOCHS * unique[i])
                .mapToObj(finals::get)
                .toList();
        List<String> excluded = few.size() == finals.size()
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%d losses beyond %.0f epochs are left out of surfaces",
                        finals.size() - few.size(),
                        FinalRows.MOST_EPOCHS));
        return new StudyData(
                convention,
                smoothed,
                Observations.of(few),
                new RepeatedData(Observations.of(finals), unique),
                profiles(smoothed),
                excluded);
    }

    private static Stream<Observation> finals(RunCurve run) {
        return run.finals().stream()
                .map((FinalPoint point) ->
                        new Observation(run.runId(), run.parameters(), point.tokens(), point.lossNats()));
    }

    /** Smoothed losses at log-spaced budgets, where at least three sizes have been. */
    static List<IsoFlopProfile> profiles(List<SmoothedCurve> curves) {
        if (curves.isEmpty()) {
            return List.of();
        }
        Domain domain =
                curves.stream().map(SmoothedCurve::domain).reduce(Domain::union).orElseThrow();
        List<IsoFlopProfile> profiles = new ArrayList<>();
        for (double budget : domain.logSpaced(CUTS + 2)) {
            List<IsoFlopPoint> points = curves.stream()
                    .filter(curve -> curve.domain().contains(budget))
                    .map(curve -> new IsoFlopPoint(
                            curve.run().parameters(), curve.run().tokensAt(budget), curve.lossAt(budget)))
                    .toList();
            if (points.stream().mapToDouble(IsoFlopPoint::parameters).distinct().count() >= FEWEST_SIZES) {
                profiles.add(new IsoFlopProfile(budget, points));
            }
        }
        return profiles;
    }
}
