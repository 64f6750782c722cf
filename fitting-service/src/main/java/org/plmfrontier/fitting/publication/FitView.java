package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.MethodWords;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.RunFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;

/**
 * One method's fit of one family of a study.
 *
 * @param method its name, see {@link Method}
 * @param words the method in words, for people
 * @param status whether there is a result
 * @param made from how much, and how its intervals were made
 * @param answer the result, as {@code ./frontier fit} prints it; null where there is none
 */
public record FitView(
        String family,
        String method,
        MethodWords words,
        @JsonUnwrapped Status status,
        @JsonUnwrapped Made made,

        @JsonUnwrapped @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        FitAnswer answer) {

    /**
     * Whether there is a result.
     *
     * @param outcome FITTED, NOT_IDENTIFIABLE or NOT_CONVERGED
     * @param reason why there is none; null where there is one
     */
    public record Status(String outcome, @Nullable String reason) {}

    /**
     * How a fit was made.
     *
     * @param eventsSeen curve points and final points of the family at the time of the fit
     */
    public record Made(long seed, int resamples, long eventsSeen) {}

    /** Fits of all families by these methods, family by family. */
    public static List<FitView> of(StudyFit fit, Collection<Method> methods) {
        List<FitView> views = new ArrayList<>();
        fit.families().values().forEach(family -> views.addAll(of(family, methods, fit.bootstrap())));
        return views;
    }

    /** Fits of one family by those of the methods that have anything to say of it. */
    public static List<FitView> of(FamilyFit family, Collection<Method> methods, Bootstrap bootstrap) {
        return methods.stream()
                .filter(family.fits()::containsKey)
                .map(method -> view(family, method, bootstrap))
                .toList();
    }

    /** Fits of one family by all methods but the verdicts. */
    static List<FitView> ofLaws(FamilyFit family, Bootstrap bootstrap) {
        return of(
                family,
                family.fits().keySet().stream()
                        .filter(method -> Methods.answers(method) != Methods.Answers.VERDICTS)
                        .toList(),
                bootstrap);
    }

    /** Exponent of N_opt ~ C^a; null where the method has none. */
    @Nullable
    Estimate exponentOfSize() {
        return answer == null ? null : answer.law().a();
    }

    /** Exponent of D_opt ~ C^b; null where the method has none. */
    @Nullable
    Estimate exponentOfTokens() {
        return answer == null ? null : answer.law().b();
    }

    private static FitView view(FamilyFit family, Method method, Bootstrap bootstrap) {
        FitOutcome<MethodFit> outcome = family.fit(method);
        return new FitView(
                family.family(),
                method.label(),
                method.words(),
                new Status(Outcomes.name(outcome), Outcomes.reason(outcome)),
                new Made(bootstrap.seed(), bootstrap.resamples(), family.eventsSeen()),
                outcome.result()
                        .map(fit -> FitAnswer.of(fit, run -> name(family.runs(), run)))
                        .orElse(null));
    }

    /** A run of a file is called what the file calls it, as where the file is fitted without the service. */
    private static String name(Map<String, RunFit> runs, String runId) {
        RunFit fit = runs.get(runId);
        return fit == null ? runId : name(fit.run());
    }

    private static String name(Run run) {
        return run.spec().isPresent() ? run.runId() : run.name();
    }
}
