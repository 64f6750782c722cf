package org.plmfrontier.fitting.quantity;

/**
 * How far a fit can be trusted to be the minimum.
 *
 * @param objective of surfaces Huber's sum over the observations, as publications quote it; of plain laws the sum of squares
 * @param gradientNorm largest absolute derivative of the scaled objective at the minimum
 * @param iterations steps of the best search
 * @param starts searches made
 * @param shareAtBest share of them that ended within 1 % of the best objective
 */
public record Convergence(double objective, double gradientNorm, int iterations, int starts, double shareAtBest) {}
