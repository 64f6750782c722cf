package org.plmfrontier.fitting.law;

import java.util.Map;
import java.util.Optional;

/** Loss in nats as a function of N parameters and D tokens, with its compute-optimal line under C = 6 N D. */
public interface LossSurface {
    /** FLOPs per parameter and token of the rule of thumb C = 6 N D. */
    double SIX = 6;

    /** Loss of a model of N parameters after D tokens, nats. */
    double lossAt(double parameters, double tokens);

    /** Coefficients by name, as results give them. */
    Map<String, Double> coefficients();

    /** The loss that no model and no data go below, E in nats; empty for laws without one. */
    default Optional<Double> irreducibleNats() {
        return Optional.empty();
    }

    /** Exponent of N_opt ~ C^a. */
    double a();

    /** N_opt at the budget. */
    double parametersAt(double computeFlops);

    /** Exponent of D_opt ~ C^b. */
    default double b() {
        return 1 - a();
    }

    /** The best model for the budget. */
    default Optimum optimum(double computeFlops) {
        double parameters = parametersAt(computeFlops);
        double tokens = computeFlops / (SIX * parameters);
        return new Optimum(parameters, tokens, lossAt(parameters, tokens));
    }
}
