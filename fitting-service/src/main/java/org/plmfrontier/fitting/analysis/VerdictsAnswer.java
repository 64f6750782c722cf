package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.plateau.PooledPlateau;
import org.plmfrontier.fitting.plateau.RunVerdict;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** The verdicts on all runs with a curve as a method's result. */
final class VerdictsAnswer {
    private VerdictsAnswer() {}

    static FitOutcome<MethodFit> of(StudyAnalysis study) {
        StudyData data = study.data();
        if (data.curves().isEmpty()) {
            return FitOutcome.notIdentifiable("no run has a curve, final losses alone show no plateau");
        }
        Map<String, PlateauVerdict> verdicts = new LinkedHashMap<>();
        List<RunVerdict> runs = new ArrayList<>();
        for (SmoothedCurve curve : data.curves()) {
            PlateauVerdict verdict = study.verdictOn(curve);
            verdicts.put(curve.run().runId(), verdict);
            runs.add(new RunVerdict(curve.run().runId(), curve.run().parameters(), verdict));
        }
        return FitOutcome.fitted(new VerdictsFit(
                Method.PLATEAU,
                verdicts,
                PooledPlateau.of(runs),
                new Basis(data.convention(), verdicts.size(), data.excluded(), List.of(), study.bootstrap())));
    }
}
