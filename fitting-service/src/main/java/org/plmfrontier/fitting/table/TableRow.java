package org.plmfrontier.fitting.table;

import java.util.OptionalDouble;

/**
 * One usable row.
 *
 * @param line line in the file, the header is line 1
 * @param run identity of the run
 * @param group empty text where the file has no groups
 * @param measured what is fitted
 * @param training what is known of the training up to there
 */
public record TableRow(int line, String run, String group, Measured measured, Training training) {
    /**
     * What is fitted.
     *
     * @param parameters N
     * @param tokens D
     * @param computeFlops C as the file gives it, empty where it gives none or an impossible one
     * @param lossNats the file's loss, taken as nats
     */
    public record Measured(double parameters, double tokens, OptionalDouble computeFlops, double lossNats) {}

    /**
     * What is known of the training up to the row; each is empty where unknown.
     *
     * @param step optimiser step
     */
    public record Training(
            OptionalDouble step, OptionalDouble learningRate, OptionalDouble uniqueTokens, OptionalDouble epochs) {}

    /** N. */
    public double parameters() {
        return measured.parameters();
    }

    /** D. */
    public double tokens() {
        return measured.tokens();
    }

    /** C as the file gives it, empty where it gives none or an impossible one. */
    public OptionalDouble computeFlops() {
        return measured.computeFlops();
    }

    /** The file's loss, taken as nats. */
    public double lossNats() {
        return measured.lossNats();
    }

    /** Optimiser step, empty where unknown. */
    public OptionalDouble step() {
        return training.step();
    }

    /** Empty where unknown. */
    public OptionalDouble learningRate() {
        return training.learningRate();
    }

    /** Empty where unknown. */
    public OptionalDouble uniqueTokens() {
        return training.uniqueTokens();
    }

    /** Empty where unknown. */
    public OptionalDouble epochs() {
        return training.epochs();
    }

    /** The same row with another C. */
    TableRow withFlops(OptionalDouble other) {
        return new TableRow(line, run, group, new Measured(parameters(), tokens(), other, lossNats()), training);
    }

    /** The file's FLOPs, or 6 N D. */
    public double flops() {
        return computeFlops().orElse(6 * parameters() * tokens());
    }
}
