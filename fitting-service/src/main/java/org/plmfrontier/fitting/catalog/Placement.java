package org.plmfrontier.fitting.catalog;

import java.util.List;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * Where a known model stands on a fitted frontier, at its own 6 N D. A model that is smaller than the best one for its compute
 * has seen more tokens than that one would have: over-trained; a larger one is under-trained. Over-training may be wise where
 * a model is used much more than it is trained; the frontier knows only training.
 *
 * @param model the model
 * @param optimum the best model for its compute
 * @param sizeFactor N over N_opt: above 1 the model is too large for its compute
 * @param tokenFactor D over D_opt: above 1 it is over-trained by this factor
 * @param standing where the interval of the token factor puts it
 * @param extrapolated whether its compute lies outside what the frontier was fitted on
 */
public record Placement(
        KnownModel model,
        FrontierPoint optimum,
        Estimate sizeFactor,
        Estimate tokenFactor,
        Standing standing,
        boolean extrapolated) {

    /** On which side of the frontier. */
    public enum Standing {
        /** The whole interval of D over D_opt lies above 1. */
        OVER_TRAINED,
        /** The interval holds 1. */
        OPTIMAL_WITHIN_INTERVAL,
        /** The whole interval lies below 1. */
        UNDER_TRAINED
    }

    /** One model with its place, or why it has none. */
    public record Placed(KnownModel model, FitOutcome<Placement> placement) {}

    /** Places all models; those too far outside the observed compute are refused with the reason. */
    public static List<Placed> all(List<KnownModel> models, FrontierAt frontier) {
        return models.stream()
                .map(model -> new Placed(model, of(model, frontier)))
                .toList();
    }

    /** Places a model; not identifiable where the frontier refuses its compute. */
    public static FitOutcome<Placement> of(KnownModel model, FrontierAt frontier) {
        return frontier.at(model.computeFlops()).map(optimum -> {
            Estimate size = over(model.parameters(), optimum.nOpt());
            Estimate tokens = over(model.tokens(), optimum.dOpt());
            Standing standing = tokens.low() > 1
                    ? Standing.OVER_TRAINED
                    : tokens.high() < 1 ? Standing.UNDER_TRAINED : Standing.OPTIMAL_WITHIN_INTERVAL;
            return new Placement(model, optimum, size, tokens, standing, frontier.extrapolates(model.computeFlops()));
        });
    }

    private static Estimate over(double value, Estimate best) {
        return new Estimate(value / best.value(), value / best.high(), value / best.low(), best.level());
    }
}
