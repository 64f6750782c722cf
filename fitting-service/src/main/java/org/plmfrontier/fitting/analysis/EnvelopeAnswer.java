package org.plmfrontier.fitting.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Approach 1 as a method's result. */
final class EnvelopeAnswer {
    private EnvelopeAnswer() {}

    static FitOutcome<MethodFit> of(StudyAnalysis study) {
        return study.envelope()
                .flatMap(envelope ->
                        EnvelopeBudgets.points(envelope).map(points -> answer(study.data(), envelope, points)));
    }

    private static MethodFit answer(StudyData data, EnvelopeFrontier envelope, List<FrontierPoint> points) {
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("lnNCoefficient", envelope.laws().parameters().lnCoefficient());
        coefficients.put("lnDCoefficient", envelope.laws().tokens().lnCoefficient());
        return new FrontierFit(
                Method.A1,
                Coefficients.of(coefficients),
                new Frontier(points, envelope.a(), envelope.b(), Optional.of(MethodFrontiers.of(envelope))),
                Optional.empty(),
                new Basis(
                        data.convention(),
                        data.curves().size(),
                        data.excluded(),
                        envelope.flags(),
                        envelope.bootstrap()));
    }
}
