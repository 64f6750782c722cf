package org.plmfrontier.fitting.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.isoflop.Approach2;
import org.plmfrontier.fitting.isoflop.IsoFlopFrontier;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Approach 2 as a method's result. */
final class ParabolaAnswer {
    private ParabolaAnswer() {}

    static FitOutcome<MethodFit> of(StudyAnalysis study) {
        StudyData data = study.data();
        return Approach2.usual()
                .withNoiseOfAtLeast(smoothingError(data.curves()))
                .fit(data.profiles(), study.bootstrap())
                .map(frontier -> answer(data, frontier));
    }

    /** Root mean square over the curves that budgets are cut through, nats; 0 without curves. */
    private static double smoothingError(List<SmoothedCurve> curves) {
        return Math.sqrt(curves.stream()
                .mapToDouble(SmoothedCurve::standardErrorNats)
                .map(error -> error * error)
                .average()
                .orElse(0));
    }

    private static MethodFit answer(StudyData data, IsoFlopFrontier frontier) {
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("lnNCoefficient", frontier.parameters().lnCoefficient());
        coefficients.put("lnDCoefficient", frontier.tokens().lnCoefficient());
        coefficients.put("noiseNats", frontier.noiseNats());
        List<String> excluded = Stream.concat(data.excluded().stream(), frontier.leftOut().stream())
                .toList();
        return new FrontierFit(
                Method.A2,
                Coefficients.of(coefficients),
                new Frontier(
                        VertexPoints.of(frontier.vertices()),
                        frontier.a(),
                        frontier.b(),
                        Optional.of(MethodFrontiers.of(frontier))),
                Optional.empty(),
                new Basis(
                        data.convention(),
                        frontier.vertices().size(),
                        excluded,
                        frontier.flags(),
                        frontier.bootstrap()));
    }
}
