package org.plmfrontier.fitting.table;

/**
 * Of which columns a file or its mapping says the unit, so that it is not doubted.
 *
 * @param lossHeader header of the losses, for people
 */
public record KnownUnits(boolean parameters, boolean tokens, boolean flops, boolean loss, String lossHeader) {}
