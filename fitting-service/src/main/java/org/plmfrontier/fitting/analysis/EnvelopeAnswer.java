package org.plmfrontier.fitting.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Approach 1 as a method's result. */
final class EnvelopeAnswer {
    private EnvelopeAnswer() {}

    static FitOutcome<MethodFit> of(StudyAnalysis study) {
        return of(Method.A1, study, study.envelope());
    }

    static FitOutcome<MethodFit> asPublished(StudyAnalysis study) {
        return of(Method.A1_PAPER, study, Approach1.asPublished(study.data().curves(), study.bootstrap()));
    }

    private static FitOutcome<MethodFit> of(Method method, StudyAnalysis study, FitOutcome<EnvelopeFrontier> fitted) {
        return fitted.flatMap(envelope ->
                EnvelopeBudgets.points(envelope).map(points -> answer(method, study.data(), envelope, points)));
    }

    private static MethodFit answer(
            Method method, StudyData data, EnvelopeFrontier envelope, List<FrontierPoint> points) {
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("lnNCoefficient", envelope.laws().parameters().lnCoefficient());
        coefficients.put("lnDCoefficient", envelope.laws().tokens().lnCoefficient());
        return new FrontierFit(
                method,
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
