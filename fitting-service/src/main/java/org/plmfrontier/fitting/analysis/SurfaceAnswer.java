package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.frontier.Budgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.ParametricFrontier;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** A fitted surface as a method's result. Surfaces know N and D alone, so their budgets are 6 N D whatever C the data have. */
final class SurfaceAnswer {
    private SurfaceAnswer() {}

    static FitOutcome<MethodFit> of(StudyAnalysis study, Method method, Approach3 approach) {
        return approach.fit(study.data().observations(), study.bootstrap())
                .flatMap(surface -> frontier(surface)
                        .flatMap(frontier ->
                                law(surface).map(law -> answer(study.data(), method, surface, law, frontier))));
    }

    private static FitOutcome<Frontier> frontier(ParametricFrontier surface) {
        return surface.a()
                .flatMap(a -> surface.b()
                        .map(b -> new Frontier(points(surface), a, b, Optional.of(MethodFrontiers.of(surface)))));
    }

    private static MethodFit answer(
            StudyData data, Method method, ParametricFrontier surface, Coefficients law, Frontier frontier) {
        return new FrontierFit(
                method,
                law,
                frontier,
                Optional.of(new SurfaceSearch(
                        surface.fit().convergence(), surface.fit().second())),
                new Basis(
                        data.convention().with(Convention.Compute.SIX_ND),
                        surface.used(),
                        data.excluded(),
                        surface.flags(),
                        surface.bootstrap()));
    }

    private static FitOutcome<Coefficients> law(ParametricFrontier surface) {
        return coefficients(surface.fit().surface()).map(values -> new Coefficients(values, estimates(surface)));
    }

    private static FitOutcome<Map<String, Double>> coefficients(LossSurface surface) {
        Map<String, Double> c = surface.coefficients();
        return c.values().stream().allMatch(Double::isFinite)
                ? FitOutcome.fitted(c)
                : FitOutcome.notIdentifiable("a coefficient leaves the range of numbers: " + surface);
    }

    /** Each coefficient with its interval; one whose resamples leave the range of numbers has none. */
    private static Map<String, Estimate> estimates(ParametricFrontier surface) {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (String name : surface.fit().surface().coefficients().keySet()) {
            surface.finite(one -> Objects.requireNonNull(one.coefficients().get(name), name))
                    .ifPresent(estimate -> estimates.put(name, estimate));
        }
        return estimates;
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
