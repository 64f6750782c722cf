package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the losses of a file are nats at all. Looked at for the file as a whole: a spike or a diverged run is none of it, and
 * half a file is never taken for nats.
 */
final class LossCheck {
    /** A run that ends so far above its lowest loss has diverged. */
    private static final double DIVERGED = 1.5;
    /** A run that begins so far above its end falls. */
    private static final double FALLS = 1.2;

    private static final double SHARE = 0.25;
    /** Even a small model's loss gets below this in nats. */
    private static final double LOWEST_NATS = 8;
    /** A trained model's loss is lower, but for the smallest. */
    private static final double USUAL_NATS = 5;

    private static final int FEWEST = 3;

    private LossCheck() {}

    /**
     * Checks the losses.
     *
     * @param header of the losses, for people
     * @param tooHigh line of the first loss that was too high for any row; empty without one
     * @return a doubt, where there is one that does not suffice for a refusal
     * @throws BadTableException where they are perplexities
     */
    static Optional<Finding> check(List<RunSeries> runs, String header, OptionalInt tooHigh) {
        List<RunSeries> steady = runs.stream()
                .filter(run -> run.lastRow().lossNats() <= DIVERGED * run.lowestLoss())
                .toList();
        long rows = steady.stream().mapToLong(RunSeries::rows).sum();
        long high = steady.stream().mapToLong(RunSeries::high).sum();
        double lowest = runs.stream().mapToDouble(RunSeries::lowestLoss).min().orElse(0);
        boolean above = steady.stream().anyMatch(LossCheck::fallsAbove);
        boolean many = high >= SHARE * rows && (high > 1 || rows == 1);
        int line = tooHigh.orElse(runs.stream()
                .filter(run -> run.high() > 0)
                .findFirst()
                .orElse(runs.getFirst())
                .firstRow()
                .line());
        if (above || (rows > 0 && many) || lowest > LOWEST_NATS) {
            throw new BadTableException(
                    Finding.place(line, Column.LOSS.label(), "")
                            + String.format(
                                    Locale.ROOT,
                                    ": '%s' looks like perplexity, not nats: its losses reach above %.1f, the logarithm"
                                            + " of a vocabulary of a million, and the lowest is %.4g; name it with --columns"
                                            + " perplexity=%s, or nats=%s if it is nats",
                                    header,
                                    RunSeries.HIGHEST_NATS,
                                    lowest,
                                    header,
                                    header),
                    line,
                    Column.LOSS.label());
        }
        return lowest > USUAL_NATS
                ? Optional.of(Finding.at(
                        Finding.Kind.LOSS_HIGH,
                        line,
                        Column.LOSS.label(),
                        "",
                        String.format(
                                Locale.ROOT,
                                "no loss is below %.4g, which few models have in nats; if '%s' holds perplexities, name it with"
                                        + " --columns perplexity=%s",
                                lowest,
                                header,
                                header)))
                : Optional.empty();
    }

    /** Whether a run lies wholly above what nats can be, and falls as training does. */
    private static boolean fallsAbove(RunSeries run) {
        return run.rows() >= FEWEST
                && run.lowestLoss() > RunSeries.HIGHEST_NATS
                && run.firstRow().lossNats() > FALLS * run.lastRow().lossNats();
    }
}
