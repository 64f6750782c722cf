package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.repeated.RepeatedData;

/** Makes the data of all methods from the curves of a study of the suite. */
public final class CurveStudy {
    /** Losses of so many epochs count as those of new data. */
    public static final double MOST_EPOCHS = FinalRows.MOST_EPOCHS;

    private CurveStudy() {}

    /**
     * A study: held-out final losses for surfaces, smoothed curves for everything else. Losses beyond
     * {@value FinalRows#MOST_EPOCHS} epochs stand with the repeated data alone.
     *
     * @param smoothed one per run that can be smoothed
     * @param uniqueTokens tokens of an epoch by run; a run that is not named repeats nothing
     */
    public static StudyData of(List<SmoothedCurve> smoothed, Map<String, Double> uniqueTokens, Convention convention) {
        List<String> excluded = new ArrayList<>();
        List<FinalLoss> finals = new ArrayList<>();
        List<LossCurve> fresh = new ArrayList<>();
        for (SmoothedCurve curve : smoothed) {
            double unique = uniqueTokens.getOrDefault(curve.run().runId(), Double.POSITIVE_INFINITY);
            fresh.addAll(LossCurve.of(curve, unique, FinalRows.MOST_EPOCHS));
            curve.run().finals().forEach(point -> finals.add(loss(curve.run(), point, unique)));
        }
        List<FinalLoss> few = finals.stream()
                .filter(one -> one.isWithin(FinalRows.MOST_EPOCHS))
                .toList();
        if (few.size() < finals.size()) {
            excluded.add(String.format(
                    Locale.ROOT,
                    "%d losses beyond %.0f epochs are left out of surfaces",
                    finals.size() - few.size(),
                    FinalRows.MOST_EPOCHS));
        }
        return new StudyData(
                convention,
                smoothed,
                Observations.of(few.stream().map(FinalLoss::loss).toList()),
                new RepeatedData(
                        Observations.of(finals.stream().map(FinalLoss::loss).toList()),
                        finals.stream().mapToDouble(FinalLoss::uniqueTokens).toArray()),
                EqualCompute.of(few, fresh, excluded),
                excluded);
    }

    private static FinalLoss loss(RunCurve run, FinalPoint point, double uniqueTokens) {
        return new FinalLoss(
                new Observation(run.runId(), run.parameters(), point.tokens(), point.lossNats()),
                point.computeFlops(),
                Math.min(point.tokens(), uniqueTokens));
    }
}
