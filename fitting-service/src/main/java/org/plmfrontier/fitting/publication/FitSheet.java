package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.parametric.RobustFit;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Convergence;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * One method's fit of one family of a study.
 *
 * @param method a1: power laws along the lower envelope; a2: IsoFLOP parabolas; a3: Hoffmann's surface; kaplan: Kaplan's;
 *     ln: L(N) at one token count; lc: L(C) along the envelope; repeated: the worth of repeated data
 * @param outcome FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED
 * @param reason why there is no fit; null where there is one, and then coefficients are there, and of all but ln, lc and
 *     repeated a and b
 * @param coefficients by name; of a1 natural logarithms of the factors and the exponents of N_opt(C) and D_opt(C), of a3
 *     E, A, B, alpha and beta, of ln and lc E, lnA and exponent of E + A x^-exponent, of repeated those of a3, RD and RN
 * @param estimates of ln, lc and repeated: coefficients with their intervals; empty for the others
 * @param convergence of a3 and kaplan: objective, gradient norm, share of starts at the best; null for the others
 * @param second another optimum of a3 or kaplan that is nearly as good; null where there is none
 * @param used curves (a1), budgets (a2) or final losses (a3, kaplan) that entered
 * @param excluded one sentence each about what was left out
 * @param eventsSeen curve points and final points of the family at the time of the fit
 */
public record FitSheet(
        String family,
        String method,
        String outcome,
        @Nullable String reason,
        Convention convention,
        @Nullable Map<String, Double> coefficients,
        @Nullable Estimate a,
        @Nullable Estimate b,
        Map<String, Estimate> estimates,
        @Nullable Convergence convergence,
        @Nullable SecondBasin second,
        int used,
        List<String> excluded,
        List<Flag> flags,
        long seed,
        int resamples,
        long eventsSeen) {

    /**
     * Where a search may end as well.
     *
     * @param objectiveRatio its objective over the best
     */
    public record SecondBasin(double a, double b, double objectiveRatio) {
        static SecondBasin of(RobustFit.SecondBasin second) {
            return new SecondBasin(second.surface().a(), second.surface().b(), second.objectiveRatio());
        }
    }

    /** Fits of all families by these methods, family by family. */
    public static List<FitSheet> of(StudyFit fit, Collection<Method> methods) {
        List<FitSheet> sheets = new ArrayList<>();
        fit.families().values().forEach(family -> sheets.addAll(of(family, methods, fit.bootstrap())));
        return sheets;
    }

    /** Fits of one family by these methods; verdicts are no fits and left out. */
    public static List<FitSheet> of(FamilyFit family, Collection<Method> methods, Bootstrap bootstrap) {
        List<FitSheet> sheets = new ArrayList<>();
        for (Method method : methods) {
            if (method == Method.A1) {
                sheets.add(envelope(family, bootstrap));
            } else if (family.surfaces().containsKey(method) || family.laws().containsKey(method)) {
                sheets.add(surface(family, method, bootstrap));
            }
        }
        return sheets;
    }

    private static FitSheet envelope(FamilyFit family, Bootstrap bootstrap) {
        if (!(family.envelope() instanceof FitOutcome.Fitted<EnvelopeFrontier>(EnvelopeFrontier found))) {
            return none(family, Method.A1, family.envelope(), bootstrap);
        }
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put("lnParametersFactor", found.laws().parameters().lnCoefficient());
        coefficients.put("parametersExponent", found.laws().parameters().exponent());
        coefficients.put("lnTokensFactor", found.laws().tokens().lnCoefficient());
        coefficients.put("tokensExponent", found.laws().tokens().exponent());
        return new FitSheet(
                family.family(),
                Method.A1.label(),
                "FITTED",
                null,
                family.data().convention(),
                coefficients,
                found.a(),
                found.b(),
                Map.of(),
                null,
                null,
                family.data().curves().size(),
                List.of(),
                found.flags(),
                bootstrap.seed(),
                bootstrap.resamples(),
                family.eventsSeen());
    }

    private static FitSheet surface(FamilyFit family, Method method, Bootstrap bootstrap) {
        FitOutcome<MethodFit> outcome = family.surface(method);
        if (!(outcome instanceof FitOutcome.Fitted<MethodFit>(MethodFit found))) {
            return none(family, method, outcome, bootstrap);
        }
        return new FitSheet(
                family.family(),
                method.label(),
                "FITTED",
                null,
                found.convention(),
                found.coefficients(),
                found.a().orElse(null),
                found.b().orElse(null),
                found.estimates(),
                found.convergence().orElse(null),
                found.second().map(SecondBasin::of).orElse(null),
                found.used(),
                found.excluded(),
                found.flags(),
                found.bootstrap().seed(),
                found.bootstrap().resamples(),
                family.eventsSeen());
    }

    private static FitSheet none(FamilyFit family, Method method, FitOutcome<?> outcome, Bootstrap bootstrap) {
        return new FitSheet(
                family.family(),
                method.label(),
                Outcomes.name(outcome),
                Outcomes.reason(outcome),
                family.data().convention(),
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                0,
                family.data().excluded(),
                List.of(),
                bootstrap.seed(),
                bootstrap.resamples(),
                family.eventsSeen());
    }
}
