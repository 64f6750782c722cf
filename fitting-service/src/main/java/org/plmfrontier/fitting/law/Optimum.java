package org.plmfrontier.fitting.law;

/**
 * The best model for a budget, under C = 6 N D.
 *
 * @param parameters N_opt
 * @param tokens D_opt
 * @param lossNats loss there, nats
 */
public record Optimum(double parameters, double tokens, double lossNats) {}
