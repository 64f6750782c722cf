package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.frontier.Consensus;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.isoflop.Approach2;
import org.plmfrontier.fitting.isoflop.IsoFlopFrontier;
import org.plmfrontier.fitting.parametric.Approach3;
import org.plmfrontier.fitting.plateau.LearningRates;
import org.plmfrontier.fitting.plateau.PlateauRule;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.plateau.PooledPlateau;
import org.plmfrontier.fitting.plateau.RunVerdict;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** Runs the methods by name. */
public final class Analyses {
    private Analyses() {}

    /** Every asked method's answer, in the order of {@link Method}. */
    public static Map<Method, FitOutcome<MethodFit>> fit(
            StudyData study, Collection<Method> methods, Bootstrap bootstrap) {
        Map<Method, FitOutcome<MethodFit>> answers = new EnumMap<>(Method.class);
        for (Method method : methods) {
            answers.put(method, fit(study, method, bootstrap));
        }
        return answers;
    }

    /** One method's answer. */
    public static FitOutcome<MethodFit> fit(StudyData study, Method method, Bootstrap bootstrap) {
        return answer(study, method, bootstrap).flatMap(Analyses::withWidth);
    }

    /**
     * A fit whose intervals have widths. Resamples that all give the same are no sign of certainty: the losses lie on the law
     * exactly, or none of them moves the number. Not identifiable where that is an exponent; other estimates are left out.
     */
    public static FitOutcome<MethodFit> withWidth(MethodFit fit) {
        for (Optional<Estimate> exponent : List.of(fit.a(), fit.b())) {
            if (exponent.isPresent() && !(exponent.get().width() > 0)) {
                return FitOutcome.notIdentifiable("all resamples give the same exponent, "
                        + exponent.get().value() + ", so nothing tells how far it can be trusted");
            }
        }
        Map<String, Estimate> estimates = new LinkedHashMap<>(fit.estimates());
        estimates.values().removeIf(estimate -> !(estimate.width() > 0));
        return FitOutcome.fitted(fit.withEstimates(estimates));
    }

    private static FitOutcome<MethodFit> answer(StudyData study, Method method, Bootstrap bootstrap) {
        return switch (method) {
            case A1 -> envelope(study, bootstrap);
            case A2 ->
                Approach2.usual()
                        .withNoiseOfAtLeast(smoothingError(study.curves()))
                        .fit(study.profiles(), bootstrap)
                        .map(frontier -> parabolas(study, frontier));
            case A3 -> SurfaceAnswer.of(study, method, Approach3.hoffmann(), bootstrap);
            case KAPLAN -> SurfaceAnswer.of(study, method, Approach3.kaplan(), bootstrap);
            case PLATEAU -> verdicts(study, bootstrap);
            case LN -> LossLaws.ofSize(study, bootstrap);
            case LC -> LossLaws.ofCompute(study, Approach1.fit(study.curves(), bootstrap));
            case REPEATED -> LossLaws.ofRepetition(study, bootstrap);
            case OPTIMA ->
                FitOutcome.notIdentifiable(
                        "optima is fitted to a table of optima, columns C and N_opt, and this is none");
        };
    }

    /** What all methods that answered say about a budget, and whether they agree. */
    public static Consensus at(double budgetFlops, Map<Method, FitOutcome<MethodFit>> answers) {
        Map<String, FitOutcome<FrontierAt>> frontiers = new LinkedHashMap<>();
        answers.forEach((method, answer) -> {
            if (Method.frontiers().contains(method)) {
                frontiers.put(method.label(), answer.map(fit -> fit.frontier().orElseThrow()));
            }
        });
        return Consensus.at(budgetFlops, frontiers);
    }

    private static FitOutcome<MethodFit> envelope(StudyData study, Bootstrap bootstrap) {
        return Approach1.fit(study.curves(), bootstrap)
                .flatMap(envelope -> EnvelopeBudgets.frontier(envelope, study.convention())
                        .map(frontier -> envelope(study, envelope, frontier)));
    }

    private static MethodFit envelope(StudyData study, EnvelopeFrontier envelope, Frontier frontier) {
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("lnNCoefficient", envelope.laws().parameters().lnCoefficient());
        coefficients.put("lnDCoefficient", envelope.laws().tokens().lnCoefficient());
        return new MethodFit(
                Method.A1,
                coefficients,
                Optional.of(frontier.a()),
                Optional.of(frontier.b()),
                Map.of(),
                frontier.points(),
                Optional.of(MethodFrontiers.of(envelope)),
                Map.of(),
                Optional.empty(),
                study.convention(),
                Optional.empty(),
                Optional.empty(),
                frontier.flags(),
                study.curves().size(),
                study.excluded(),
                frontier.bootstrap());
    }

    /** Root mean square over the curves that budgets are cut through, nats; 0 without curves. */
    private static double smoothingError(List<SmoothedCurve> curves) {
        return Math.sqrt(curves.stream()
                .mapToDouble(SmoothedCurve::standardErrorNats)
                .map(error -> error * error)
                .average()
                .orElse(0));
    }

    private static MethodFit parabolas(StudyData study, IsoFlopFrontier frontier) {
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("lnNCoefficient", frontier.parameters().lnCoefficient());
        coefficients.put("lnDCoefficient", frontier.tokens().lnCoefficient());
        coefficients.put("noiseNats", frontier.noiseNats());
        List<String> excluded = Stream.concat(study.excluded().stream(), frontier.leftOut().stream())
                .toList();
        return new MethodFit(
                Method.A2,
                coefficients,
                Optional.of(frontier.a()),
                Optional.of(frontier.b()),
                Map.of(),
                VertexPoints.of(frontier.vertices()),
                Optional.of(MethodFrontiers.of(frontier)),
                Map.of(),
                Optional.empty(),
                study.convention(),
                Optional.empty(),
                Optional.empty(),
                frontier.flags(),
                frontier.vertices().size(),
                excluded,
                frontier.bootstrap());
    }

    private static FitOutcome<MethodFit> verdicts(StudyData study, Bootstrap bootstrap) {
        if (study.curves().isEmpty()) {
            return FitOutcome.notIdentifiable("no run has a curve, final losses alone show no plateau");
        }
        Map<String, PlateauVerdict> verdicts = new LinkedHashMap<>();
        List<RunVerdict> runs = new ArrayList<>();
        for (SmoothedCurve curve : study.curves()) {
            PlateauVerdict verdict = PlateauRule.judge(curve, LearningRates.of(curve.run()), bootstrap);
            verdicts.put(curve.run().runId(), verdict);
            runs.add(new RunVerdict(curve.run().runId(), curve.run().parameters(), verdict));
        }
        return FitOutcome.fitted(new MethodFit(
                Method.PLATEAU,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                verdicts,
                Optional.of(PooledPlateau.of(runs)),
                study.convention(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                verdicts.size(),
                study.excluded(),
                bootstrap));
    }
}
