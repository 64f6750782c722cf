package org.plmfrontier.fitting.forecast;

/** Predicts the loss that a run ends with. */
@FunctionalInterface
public interface LossPredictor {
    /**
     * The loss of a run.
     *
     * @param parameters N
     * @param tokens D
     */
    Forecast at(double parameters, double tokens);
}
