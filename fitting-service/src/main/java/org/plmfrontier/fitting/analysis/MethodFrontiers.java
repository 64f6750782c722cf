package org.plmfrontier.fitting.analysis;

import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.frontier.FrontierAt;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.isoflop.IsoFlopFrontier;
import org.plmfrontier.fitting.parametric.ParametricFrontier;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** The methods' answers as functions of the budget. */
public final class MethodFrontiers {
    private MethodFrontiers() {}

    /** One quantity at the budget. */
    private interface Reading {
        FitOutcome<Estimate> at(double budgetFlops);
    }

    private record ReadFrontier(Domain observed, Reading n, Reading d, Reading ratio, Reading loss)
            implements FrontierAt {
        @Override
        public FitOutcome<FrontierPoint> at(double budgetFlops) {
            return n.at(budgetFlops)
                    .flatMap(parameters -> d.at(budgetFlops)
                            .flatMap(tokens -> ratio.at(budgetFlops)
                                    .map(perParameter -> new FrontierPoint(
                                            budgetFlops, parameters, tokens, perParameter, loss.at(budgetFlops)))));
        }
    }

    /** Approach 1. */
    public static FrontierAt of(EnvelopeFrontier envelope) {
        return new ReadFrontier(
                envelope.domain(),
                envelope::parametersAt,
                envelope::tokensAt,
                envelope::tokensPerParameterAt,
                envelope::lossAt);
    }

    /** Approach 2. */
    public static FrontierAt of(IsoFlopFrontier parabolas) {
        double first = parabolas.vertices().get(0).budgetFlops();
        double last = parabolas.vertices().get(parabolas.vertices().size() - 1).budgetFlops();
        return new ReadFrontier(
                new Domain(first, last),
                parabolas::parametersAt,
                parabolas::tokensAt,
                parabolas::tokensPerParameterAt,
                parabolas::lossAt);
    }

    /** Approach 3 and Kaplan's form, along C = 6 N D. */
    public static FrontierAt of(ParametricFrontier surface) {
        return new ReadFrontier(
                new Domain(surface.minFlops(), surface.maxFlops()),
                surface::parametersAt,
                surface::tokensAt,
                surface::tokensPerParameterAt,
                surface::lossAt);
    }
}
