package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rows of one run and one N ascending by D: steps that stand there twice, and what its losses and its C are like,
 * for the look at all runs together. Keeps a bounded number of rows while it looks and none afterwards. Not thread-safe.
 */
public final class RunSeries {
    /** First rows that are compared with the run's FLOPs per token. */
    private static final int FIRST_ROWS = 1000;
    /** No model's loss is higher: ln of a vocabulary of a million. */
    static final double HIGHEST_NATS = 13.8;

    /** A sum over 64 bits of less than this did not overflow. */
    private static final double LARGEST_LONG = 0x1p63;

    /** FLOPs per token of a run change by less, whatever its sequences are like. */
    private static final double STEADY = 10;

    private static final double SATURATED = 1.01;
    private static final double WRAPPED = 0.5;
    /** Sums that wrapped are of the size of what they wrapped at; C in another unit is far smaller. */
    private static final double FEWEST_WRAPPED = 1e14;

    private final boolean repeatedTraining;
    private List<TableRow> firstRows = new ArrayList<>();
    private @Nullable TableRow first;
    private @Nullable TableRow last;
    private @Nullable TableRow pending;
    private @Nullable TableRow badFlops;
    private @Nullable TableRow withoutFlops;
    private @Nullable Finding foreign;
    private String badReason = "";
    private int rows;
    private int given;
    private int blank;
    private int high;
    private int repeated;
    private double lowestLoss = Double.POSITIVE_INFINITY;
    private double lowestRatio = Double.POSITIVE_INFINITY;
    private double highestRatio;
    private double lnRatios;
    private long lossHash = 1;

    /**
     * A run.
     *
     * @param repeatedTraining whether its rows are no curve, see {@link RunOrder#isRepeatedTraining()}
     */
    public RunSeries(boolean repeatedTraining) {
        this.repeatedTraining = repeatedTraining;
    }

    /**
     * The next row by D, of equal D by line.
     *
     * @param findings receives steps that stand there twice
     * @return the line of the row before where this one replaces it
     */
    public OptionalInt add(TableRow row, FindingLog findings) {
        TableRow before = pending;
        pending = row;
        if (before == null) {
            return OptionalInt.empty();
        }
        if (sameStep(before, row) && before.lossNats() == row.lossNats()) {
            findings.add(
                    at(Finding.Kind.DUPLICATE_ROW, row, "", "repeats line " + before.line() + ", which is set apart"));
            return OptionalInt.of(before.line());
        }
        if (sameStep(before, row) && !repeatedTraining) {
            findings.add(at(
                    Finding.Kind.REPEATED_STEP,
                    row,
                    Column.LOSS.label(),
                    "the step of line " + before.line() + " again, with loss " + row.lossNats() + " instead of "
                            + before.lossNats() + ": the later line stands"));
            return OptionalInt.of(before.line());
        }
        repeated += sameStep(before, row) ? 1 : 0;
        look(before);
        return OptionalInt.empty();
    }

    /** The end of the run. */
    public void finish() {
        if (pending != null) {
            look(pending);
            pending = null;
        }
        foreign = FirstRows.foreign(firstRows)
                .map(what -> at(Finding.Kind.FOREIGN_ROWS, firstRow(), Column.C.label(), what))
                .orElse(null);
        firstRows = List.of();
    }

    private static boolean sameStep(TableRow before, TableRow row) {
        return before.tokens() == row.tokens()
                && (before.step().isEmpty()
                        || row.step().isEmpty()
                        || before.step().equals(row.step()));
    }

    private void look(TableRow row) {
        if (first == null) {
            first = row;
        }
        rows++;
        high += row.lossNats() > HIGHEST_NATS && rows > 1 ? 1 : 0;
        lowestLoss = Math.min(lowestLoss, row.lossNats());
        lossHash = 31 * lossHash + Double.hashCode(row.lossNats()) * 0x9E3779B97F4A7C15L;
        flops(row);
        if (firstRows.size() < FIRST_ROWS) {
            firstRows.add(row);
        }
        last = row;
    }

    private void flops(TableRow row) {
        if (row.computeFlops().isEmpty()) {
            blank++;
            withoutFlops = withoutFlops == null ? row : withoutFlops;
            return;
        }
        double flops = row.computeFlops().getAsDouble();
        double ratio = flops / (6 * row.parameters() * row.tokens());
        if (!(flops > 0)) {
            bad(row, "C is " + (Double.isNaN(flops) ? "no number" : flops));
        } else if (ratio < WRAPPED && flops < LARGEST_LONG && flops > FEWEST_WRAPPED && flops / ratio > LARGEST_LONG) {
            bad(row, "C is " + flops + ", 6 N D is beyond what 64 bits hold");
        } else {
            fall(row, flops);
        }
        if (flops > 0 && badFlops == null) {
            given++;
            lnRatios += Math.log(ratio);
            lowestRatio = Math.min(lowestRatio, ratio);
            highestRatio = Math.max(highestRatio, ratio);
        }
        if (highestRatio > STEADY * lowestRatio) {
            bad(row, String.format(Locale.ROOT, "C is %.3g to %.3g times 6 N D", lowestRatio, highestRatio));
        }
    }

    private void fall(TableRow row, double flops) {
        TableRow before = last;
        if (before == null || before.computeFlops().isEmpty() || !(row.tokens() > before.tokens())) {
            return;
        }
        double spent = before.computeFlops().getAsDouble();
        if (flops < spent) {
            bad(row, "C falls from " + spent + " to " + flops + " while D rises");
        } else if (flops == spent && row.tokens() > SATURATED * before.tokens()) {
            bad(row, "C stays " + flops + " while D rises");
        }
    }

    private void bad(TableRow row, String reason) {
        if (badFlops == null) {
            badFlops = row;
            badReason = reason;
        }
    }

    /** The first row; there is one. */
    TableRow firstRow() {
        if (first == null) {
            throw new IllegalStateException("a run without rows");
        }
        return first;
    }

    TableRow lastRow() {
        if (last == null) {
            throw new IllegalStateException("a run without rows");
        }
        return last;
    }

    String run() {
        return firstRow().run();
    }

    double parameters() {
        return firstRow().parameters();
    }

    int rows() {
        return rows;
    }

    double lowestLoss() {
        return lowestLoss;
    }

    /** Rows behind the first whose loss is higher than any in nats; of a run of one row this one. */
    int high() {
        return rows == 1 && lowestLoss > HIGHEST_NATS ? 1 : high;
    }

    /** Whether losses equal those of another run with this very number, all but certainly. */
    long lossHash() {
        return lossHash;
    }

    /** The row whose C cannot be, with the reason; null where there is none. */
    @Nullable
    TableRow badFlops() {
        return badFlops;
    }

    String badReason() {
        return badReason;
    }

    /** The first row without C; null where each has one. */
    @Nullable
    TableRow withoutFlops() {
        return withoutFlops;
    }

    int blank() {
        return blank;
    }

    boolean hasFlops() {
        return given > 0;
    }

    /** Geometric mean of C over 6 N D in rows that have a C. */
    double ratio() {
        return Math.exp(lnRatios / given);
    }

    double lowestRatio() {
        return lowestRatio;
    }

    double highestRatio() {
        return highestRatio;
    }

    /** Findings about the run alone, known at its end. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (foreign != null) {
            findings.add(foreign);
        }
        if (repeated > 0) {
            findings.add(at(
                    Finding.Kind.REPEATED_TRAINING,
                    lastRow(),
                    "",
                    "all " + rows + " rows have one D and no step: each is taken as a training of its own"));
        }
        return findings;
    }

    private static Finding at(Finding.Kind kind, TableRow row, String column, String what) {
        return Finding.at(kind, row.line(), column, row.run(), what);
    }
}
