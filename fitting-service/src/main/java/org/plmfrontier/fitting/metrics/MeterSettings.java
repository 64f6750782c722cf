package org.plmfrontier.fitting.metrics;

/**
 * How many series are published.
 *
 * @param studies studies that have series: those that changed last
 */
public record MeterSettings(int studies) {}
