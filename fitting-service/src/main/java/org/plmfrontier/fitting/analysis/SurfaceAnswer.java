package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.frontier.Budgets;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.ParametricFrontier;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** A fitted surface as a method's result. */
final class SurfaceAnswer {
    private SurfaceAnswer() {}

    static FitOutcome<MethodFit> of(StudyData study, Method method, Approach3 approach, Bootstrap bootstrap) {
        return approach.fit(study.observations(), bootstrap)
                .flatMap(surface -> surface.a()
                        .flatMap(a -> surface.b()
                                .flatMap(b -> coefficients(surface.fit().surface())
                                        .map(c -> answer(study, method, surface, c, a, b)))));
    }

    private static MethodFit answer(
            StudyData study,
            Method method,
            ParametricFrontier surface,
            Map<String, Double> coefficients,
            Estimate a,
            Estimate b) {
        return new MethodFit(
                method,
                coefficients,
                Optional.of(a),
                Optional.of(b),
                Map.of(),
                points(surface),
                Optional.of(MethodFrontiers.of(surface)),
                Map.of(),
                Optional.empty(),
                study.convention(),
                Optional.of(surface.fit().convergence()),
                surface.fit().second(),
                surface.flags(),
                surface.used(),
                study.excluded(),
                surface.bootstrap());
    }

    private static FitOutcome<Map<String, Double>> coefficients(LossSurface surface) {
        Map<String, Double> c = new LinkedHashMap<>();
        switch (surface) {
            case HoffmannLaw law -> {
                c.put("E", Math.exp(law.lnE()));
                c.put("A", Math.exp(law.lnA()));
                c.put("B", Math.exp(law.lnB()));
                c.put("alpha", law.alpha());
                c.put("beta", law.beta());
            }
            case KaplanLaw law -> {
                c.put("alphaN", law.alphaN());
                c.put("alphaD", law.alphaD());
                c.put("lnNc", law.lnNc());
                c.put("lnDc", law.lnDc());
            }
        }
        return c.values().stream().allMatch(Double::isFinite)
                ? FitOutcome.fitted(c)
                : FitOutcome.notIdentifiable("a coefficient leaves the range of numbers: " + surface);
    }

    private static List<FrontierPoint> points(ParametricFrontier surface) {
        FrontierAt frontier = MethodFrontiers.of(surface);
        List<FrontierPoint> points = new ArrayList<>();
        for (double budget : Budgets.within(frontier.observed())) {
            frontier.at(budget).result().ifPresent(points::add);
        }
        return points;
    }
}
