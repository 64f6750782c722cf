package org.plmfrontier.fitting.parametric;

/**
 * One final loss.
 *
 * @param run the run it belongs to
 * @param parameters N
 * @param tokens D
 * @param lossNats nats per residue
 */
public record Observation(String run, double parameters, double tokens, double lossNats) {}
