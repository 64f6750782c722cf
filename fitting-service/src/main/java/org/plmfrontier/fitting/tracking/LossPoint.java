package org.plmfrontier.fitting.tracking;

import java.util.OptionalDouble;

/**
 * A value that was logged.
 *
 * @param ordinal its place in the run's files: a line, a record or an entry, the first is 1; ascending
 * @param step of the optimiser; empty where it is not known
 * @param value as it was logged
 * @param tokens D, where it was logged beside it
 * @param flops C, where it was logged beside it
 * @param learningRate where it was logged beside it
 */
public record LossPoint(
        int ordinal,
        OptionalDouble step,
        double value,
        OptionalDouble tokens,
        OptionalDouble flops,
        OptionalDouble learningRate) {

    /** A value with nothing beside its step. */
    static LossPoint of(int ordinal, double step, double value) {
        OptionalDouble unknown = OptionalDouble.empty();
        return new LossPoint(ordinal, OptionalDouble.of(step), value, unknown, unknown, unknown);
    }
}
