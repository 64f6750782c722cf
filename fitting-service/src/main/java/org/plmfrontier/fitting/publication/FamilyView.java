package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * @param methods side by side
 * @param together what they say together
 * @param more what else is read off the fits
 */
public record FamilyView(
        String family,
        int runs,
        Convention convention,
        @JsonUnwrapped ByMethod methods,
        @JsonUnwrapped Together together,
        @JsonUnwrapped More more) {

    /**
     * The methods side by side.
     *
     * @param fits one per method
     * @param frontiers of the methods that have one, approach 1 apart, which is the answer of {@code /frontier}
     */
    public record ByMethod(List<FitView> fits, List<FrontierView> frontiers) {}

    /**
     * What the methods say together.
     *
     * @param observed FLOPs that the fits rest on; null while no method answers
     * @param exponents of the frontier by all methods, and whether they agree
     * @param consensus of the methods at the highest observed budget; null while no method answers. For readers of REST: the page
     *     shows forecasts instead
     */
    public record Together(
            @Nullable Domain observed,
            ExponentView.Exponents exponents,
            @Nullable ConsensusView consensus) {}

    /**
     * What else is read off the fits.
     *
     * @param pooled whether the losses of all runs together have stopped falling
     * @param plateauCosts FLOPs to the plateau over N, and the size that the highest observed budget brings there
     * @param influence what approach 3 would say without each run
     * @param catalog known models on the frontier; null while no method answers
     * @param eventsSeen curve points and final points that entered
     */
    public record More(
            PlateauView pooled,
            PlateauCostsView plateauCosts,
            InfluenceView influence,
            @Nullable CatalogView catalog,
            long eventsSeen) {}

    /** One sheet per family, ascending by name. */
    public static List<FamilyView> of(StudyFit fit) {
        return fit.families().values().stream().map(family -> of(family, fit)).toList();
    }

    private static FamilyView of(FamilyFit family, StudyFit fit) {
        Domain observed = family.observed().orElse(null);
        List<FitView> fits = FitView.ofLaws(family, fit.bootstrap());
        return new FamilyView(
                family.family(),
                family.runs().size(),
                family.data().convention(),
                new ByMethod(fits, frontiers(family, fit)),
                new Together(
                        observed,
                        ExponentView.Exponents.of(fits),
                        observed == null ? null : ConsensusView.of(family.at(observed.maxFlops()))),
                new More(
                        PlateauView.of(family.pooled().verdict()),
                        PlateauCostsView.of(family, observed, fit.bootstrap().level()),
                        InfluenceView.of(family),
                        observed == null ? null : CatalogView.of(family),
                        family.eventsSeen()));
    }

    private static List<FrontierView> frontiers(FamilyFit family, StudyFit fit) {
        return Methods.live(Methods.Answers.FRONTIER).stream()
                .filter(method -> method != Method.A1)
                .map(method -> FrontierView.of(fit.study(), family, method))
                .filter(FrontierView.Answer.class::isInstance)
                .toList();
    }
}
