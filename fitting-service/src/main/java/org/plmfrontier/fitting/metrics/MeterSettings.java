package org.plmfrontier.fitting.metrics;

/**
 * How much is told.
 *
 * @param studies studies that have series: those that changed last
 */
public record MeterSettings(int studies) {}
