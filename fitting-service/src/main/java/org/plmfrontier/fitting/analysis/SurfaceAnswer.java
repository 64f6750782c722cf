package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.plmfrontier.fitting.frontier.Budgets;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.law.HoffmannLaw;
import org.plmfrontier.fitting.law.KaplanLaw;
import org.plmfrontier.fitting.law.LossSurface;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.parametric.ParametricFrontier;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** A fitted surface as a method's result. Surfaces know N and D alone, so their budgets are 6 N D whatever C the data have. */
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
                estimates(surface),
                points(surface),
                Optional.of(MethodFrontiers.of(surface)),
                Map.of(),
                Optional.empty(),
                study.convention().with(Convention.Compute.SIX_ND),
                Optional.of(surface.fit().convergence()),
                surface.fit().second(),
                surface.flags(),
                surface.used(),
                study.excluded(),
                surface.bootstrap());
    }

    private static FitOutcome<Map<String, Double>> coefficients(LossSurface surface) {
        Map<String, Double> c = new LinkedHashMap<>();
        readings(surface).forEach((name, reading) -> c.put(name, reading.applyAsDouble(surface)));
        return c.values().stream().allMatch(Double::isFinite)
                ? FitOutcome.fitted(c)
                : FitOutcome.notIdentifiable("a coefficient leaves the range of numbers: " + surface);
    }

    /** Each coefficient with its interval; one whose resamples leave the range of numbers has none. */
    private static Map<String, Estimate> estimates(ParametricFrontier surface) {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        readings(surface.fit().surface())
                .forEach((name, reading) ->
                        surface.finite(reading).ifPresent(estimate -> estimates.put(name, estimate)));
        return estimates;
    }

    /** The coefficients by name; the surfaces of a form's resamples are of the same kind. */
    private static Map<String, ToDoubleFunction<LossSurface>> readings(LossSurface kind) {
        Map<String, ToDoubleFunction<LossSurface>> readings = new LinkedHashMap<>();
        switch (kind) {
            case HoffmannLaw ignored -> {
                readings.put("E", surface -> Math.exp(((HoffmannLaw) surface).lnE()));
                readings.put("A", surface -> Math.exp(((HoffmannLaw) surface).lnA()));
                readings.put("B", surface -> Math.exp(((HoffmannLaw) surface).lnB()));
                readings.put("alpha", surface -> ((HoffmannLaw) surface).alpha());
                readings.put("beta", surface -> ((HoffmannLaw) surface).beta());
            }
            case KaplanLaw ignored -> {
                readings.put("alphaN", surface -> ((KaplanLaw) surface).alphaN());
                readings.put("alphaD", surface -> ((KaplanLaw) surface).alphaD());
                readings.put("lnNc", surface -> ((KaplanLaw) surface).lnNc());
                readings.put("lnDc", surface -> ((KaplanLaw) surface).lnDc());
            }
        }
        return readings;
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
