package org.plmfrontier.fitting.table;

/**
 * How a file was understood, for people.
 *
 * @param format by whose conventions it is written
 * @param xAxis what D is taken from
 * @param metric what the losses are taken from, with their unit
 */
public record Interpretation(String format, String xAxis, String metric) {}
