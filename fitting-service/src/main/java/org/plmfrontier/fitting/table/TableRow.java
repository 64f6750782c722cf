package org.plmfrontier.fitting.table;

import java.util.OptionalDouble;

/**
 * One usable row.
 *
 * @param line line in the file, the header is line 1
 * @param run identity of the run
 * @param parameters N
 * @param tokens D
 * @param computeFlops C as the file gives it, empty where it gives none or an impossible one
 * @param lossNats the file's loss, taken as nats
 * @param step optimiser step, empty where unknown
 * @param learningRate empty where unknown
 * @param uniqueTokens empty where unknown
 * @param epochs empty where unknown
 * @param group empty text where the file has no groups
 */
public record TableRow(
        int line,
        String run,
        double parameters,
        double tokens,
        OptionalDouble computeFlops,
        double lossNats,
        OptionalDouble step,
        OptionalDouble learningRate,
        OptionalDouble uniqueTokens,
        OptionalDouble epochs,
        String group) {

    /** The same row with another C. */
    TableRow withFlops(OptionalDouble other) {
        return new TableRow(
                line, run, parameters, tokens, other, lossNats, step, learningRate, uniqueTokens, epochs, group);
    }

    /** The file's FLOPs, or 6 N D. */
    public double flops() {
        return computeFlops.orElse(6 * parameters * tokens);
    }
}
