package org.plmfrontier.fitting.publication;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.Flag;

/**
 * One method's fit of a study.
 *
 * @param method a1: power laws along the lower envelope
 * @param outcome FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED
 * @param reason why there is no fit; null where there is one, and then all that follows is there
 * @param coefficients of a1: natural logarithms of the factors and the exponents of N_opt(C) and D_opt(C)
 */
public record FitSheet(
        String method,
        String outcome,
        @Nullable String reason,
        Convention convention,
        @Nullable Map<String, Double> coefficients,
        @Nullable Estimate a,
        @Nullable Estimate b,
        List<Flag> flags,
        long seed,
        int resamples) {

    /** All fits of a study. */
    public static List<FitSheet> of(StudyFit fit) {
        long seed = fit.bootstrap().seed();
        int resamples = fit.bootstrap().resamples();
        if (fit.envelope() instanceof FitOutcome.Fitted<EnvelopeFrontier>(EnvelopeFrontier found)) {
            Map<String, Double> coefficients = Map.of(
                    "lnParametersFactor", found.laws().parameters().lnCoefficient(),
                    "parametersExponent", found.laws().parameters().exponent(),
                    "lnTokensFactor", found.laws().tokens().lnCoefficient(),
                    "tokensExponent", found.laws().tokens().exponent());
            return List.of(new FitSheet(
                    "a1",
                    "FITTED",
                    null,
                    Convention.STUDY,
                    coefficients,
                    found.a(),
                    found.b(),
                    found.flags(),
                    seed,
                    resamples));
        }
        String outcome = Outcomes.name(fit.envelope());
        String reason = Outcomes.reason(fit.envelope());
        return List.of(
                new FitSheet("a1", outcome, reason, Convention.STUDY, null, null, null, List.of(), seed, resamples));
    }
}
