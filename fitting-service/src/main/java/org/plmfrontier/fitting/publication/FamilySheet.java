package org.plmfrontier.fitting.publication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.quantity.Convention;

/**
 * What all methods together say of one family of a study.
 *
 * @param runs runs of the family
 * @param fits one per method
 * @param frontiers of the methods that have one, approach 1 apart, which is the answer of {@code /frontier}
 * @param observed FLOPs that the fits rest on; null while no method answers
 * @param exponents of the frontier by all methods, and whether they agree
 * @param consensus of the methods at the highest observed budget; null while no method answers
 * @param pooled whether the losses of all runs together have stopped falling
 * @param plateauCosts FLOPs to the plateau over N, and the size that the highest observed budget brings there
 * @param influence what approach 3 would say without each run
 * @param catalog known models on the frontier; null while no method answers
 * @param eventsSeen curve points and final points that entered
 */
public record FamilySheet(
        String family,
        int runs,
        Convention convention,
        List<FitView> fits,
        List<FrontierSheet> frontiers,
        @Nullable Domain observed,
        ExponentSheet.Exponents exponents,
        @Nullable ConsensusSheet consensus,
        PlateauSheet pooled,
        PlateauCostsSheet plateauCosts,
        InfluenceSheet influence,
        @Nullable CatalogSheet catalog,
        long eventsSeen) {

    /** One sheet per family, ascending by name. */
    public static List<FamilySheet> of(StudyFit fit) {
        return fit.families().values().stream().map(family -> of(family, fit)).toList();
    }

    private static FamilySheet of(FamilyFit family, StudyFit fit) {
        Domain observed = family.observed().orElse(null);
        List<FitView> fits = FitView.ofLaws(family, fit.bootstrap());
        return new FamilySheet(
                family.family(),
                family.runs().size(),
                family.data().convention(),
                fits,
                Methods.live(Methods.Answers.FRONTIER).stream()
                        .filter(method -> method != Method.A1)
                        .map(method -> FrontierSheet.of(fit.study(), family, method))
                        .filter(FrontierSheet.Answer.class::isInstance)
                        .toList(),
                observed,
                ExponentSheet.Exponents.of(fits),
                observed == null ? null : ConsensusSheet.of(family.at(observed.maxFlops())),
                PlateauSheet.of(family.pooled().verdict()),
                PlateauCostsSheet.of(family, observed, fit.bootstrap().level()),
                InfluenceSheet.of(family),
                observed == null ? null : CatalogSheet.of(family),
                family.eventsSeen());
    }
}
