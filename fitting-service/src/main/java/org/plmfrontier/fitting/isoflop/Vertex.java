package org.plmfrontier.fitting.isoflop;

import org.plmfrontier.fitting.quantity.Estimate;

/**
 * The best model of one budget.
 *
 * @param budgetFlops training FLOPs
 * @param parameters N at the parabola's vertex
 * @param tokens D there
 * @param lossNats loss there, nats
 */
public record Vertex(double budgetFlops, Estimate parameters, Estimate tokens, Estimate lossNats) {}
