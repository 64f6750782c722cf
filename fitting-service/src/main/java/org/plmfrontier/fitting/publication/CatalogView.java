package org.plmfrontier.fitting.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.catalog.Catalog;
import org.plmfrontier.fitting.catalog.KnownModel;
import org.plmfrontier.fitting.catalog.Placement;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Known models on the frontier of a family.
 *
 * @param placed those that at least one method places
 * @param outside how many no method places, as their compute lies too far outside what was trained
 */
public record CatalogView(List<Model> placed, int outside) {
    private static final List<KnownModel> KNOWN = Catalog.known();

    /**
     * A known model.
     *
     * @param where how it stands by the methods that place it
     */
    public record Model(
            String name,
            @JsonUnwrapped Size size,
            @JsonUnwrapped Places where) {}

    /**
     * How large a model is.
     *
     * @param computeFlops 6 N D
     */
    public record Size(double parameters, double tokens, double computeFlops, double tokensPerParameter) {
        static Size of(KnownModel model) {
            return new Size(model.parameters(), model.tokens(), model.computeFlops(), model.tokensPerParameter());
        }
    }

    /**
     * Where a model stands.
     *
     * @param source where N and D are written
     */
    public record Places(String source, List<Place> places) {}

    /**
     * Where one method puts a model.
     *
     * @param standing OVER_TRAINED, OPTIMAL_WITHIN_INTERVAL or UNDER_TRAINED
     * @param sizeFactor N over N_opt at the model's compute
     * @param tokenFactor D over D_opt
     * @param extrapolated whether its compute lies outside the observed box
     */
    public record Place(
            String method, String standing, Estimate sizeFactor, Estimate tokenFactor, boolean extrapolated) {
        static Place of(String method, Placement placement) {
            return new Place(
                    method,
                    placement.standing().name(),
                    placement.sizeFactor(),
                    placement.tokenFactor(),
                    placement.extrapolated());
        }
    }

    static CatalogView of(FamilyFit family) {
        Map<String, FitOutcome<FrontierAt>> frontiers = family.frontiers();
        List<Model> placed = new ArrayList<>();
        for (KnownModel model : KNOWN) {
            List<Place> places = new ArrayList<>();
            frontiers.forEach((method, frontier) -> frontier.flatMap(found -> Placement.of(model, found))
                    .result()
                    .ifPresent(placement -> places.add(Place.of(method, placement))));
            if (!places.isEmpty()) {
                placed.add(new Model(model.name(), Size.of(model), new Places(model.source(), List.copyOf(places))));
            }
        }
        return new CatalogView(List.copyOf(placed), KNOWN.size() - placed.size());
    }
}
