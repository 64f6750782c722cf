package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.isoflop.IsoFlopPoint;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Convention;

/** Makes the data of all methods from the curves of a study of the suite. */
public final class CurveStudy {
    /** Budgets at which curves are cut for parabolas. */
    static final int CUTS = 8;
    /** Fewest sizes of a cut that a parabola can use. */
    static final int FEWEST_SIZES = 3;

    private CurveStudy() {}

    /**
     * A study: held-out final losses for surfaces, smoothed curves for everything else.
     *
     * @param smoothed one per run that can be smoothed
     */
    public static StudyData of(List<SmoothedCurve> smoothed, Convention convention) {
        List<Observation> finals = smoothed.stream()
                .map(SmoothedCurve::run)
                .flatMap(CurveStudy::finals)
                .toList();
        return new StudyData(convention, smoothed, Observations.of(finals), profiles(smoothed), List.of());
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
