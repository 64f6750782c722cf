package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Looks for runs whose N or D is in another unit than parameters and tokens: beside the other runs, or by their C. */
final class UnitCheck {
    /** C over 6 N D is never so far from 1 by the way of counting alone. */
    static final double FAR = 30;
    /** Counts in thousands or millions are at most this; nobody trains on so little. */
    private static final double SMALL = 2e4;

    private static final double LARGE = 1e5;
    private static final double GAP = 100;
    /** No model has fewer parameters. */
    private static final double SMALLEST = 100;

    private UnitCheck() {}

    /**
     * Runs in another unit.
     *
     * @return by run, what is wrong with it or null
     * @throws BadTableException where most runs are, so that it is the file that is in another unit
     */
    static List<@Nullable Finding> suspects(List<RunSeries> runs, KnownUnits units) {
        double gapN = units.parameters() ? 0 : below(runs, RunSeries::parameters, Column.N);
        double gapD = units.tokens() ? 0 : below(runs, run -> run.lastRow().tokens(), Column.D);
        List<@Nullable Finding> suspects = new ArrayList<>();
        for (RunSeries run : runs) {
            suspects.add(suspect(run, gapN, gapD));
        }
        List<Finding> found = new ArrayList<>();
        for (Finding suspect : suspects) {
            if (suspect != null) {
                found.add(suspect);
            }
        }
        if (2 * found.size() > runs.size()) {
            Finding first = found.getFirst();
            throw new BadTableException(
                    first.sentence() + "; so it is in " + found.size() + " of " + runs.size() + " runs",
                    first.line(),
                    first.column());
        }
        return suspects;
    }

    private static @Nullable Finding suspect(RunSeries run, double gapN, double gapD) {
        if (run.parameters() <= gapN || run.parameters() < SMALLEST) {
            return found(
                    run,
                    Column.N,
                    format("N is %.4g, which is not so many parameters but perhaps so many millions", run.parameters()),
                    "N=HEADER*1e6");
        }
        double tokens = run.lastRow().tokens();
        if (tokens <= gapD) {
            return found(
                    run,
                    Column.D,
                    format("D is at most %.4g, which is not so many tokens but perhaps so many millions", tokens),
                    "D=HEADER*1e6");
        }
        if (run.hasFlops() && run.badFlops() == null && run.ratio() > FAR) {
            String what = format("C is %.3g times 6 N D, so N, D or C is in another unit", run.ratio());
            return found(run, Column.C, what, "N=HEADER*1e6, or leave C out with --columns C=6ND");
        }
        return null;
    }

    private static Finding found(RunSeries run, Column column, String what, String next) {
        return Finding.at(
                Finding.Kind.ABSURD_UNITS,
                run.firstRow().line(),
                column.label(),
                run.run(),
                what + ": the run's " + run.rows()
                        + " rows are not fitted; write all runs in one unit, say it as in --columns " + next);
    }

    /**
     * The largest count that is far below the next one; 0 where there is no such gap.
     *
     * @throws BadTableException where all are small
     */
    private static double below(List<RunSeries> runs, ToDoubleFunction<RunSeries> count, Column column) {
        double[] sorted = runs.stream().mapToDouble(count).sorted().toArray();
        if (sorted[sorted.length - 1] < SMALL) {
            TableRow row = runs.getFirst().firstRow();
            throw new BadTableException(
                    Finding.place(row.line(), column.label(), "")
                            + format(": no %s", column.label())
                            + format(
                                    " is above %.4g, so it is in another unit, perhaps millions; say it in the header, as ",
                                    sorted[sorted.length - 1])
                            + "'" + column.label() + " (millions)', or with --columns " + column.label()
                            + "=HEADER*1e6",
                    row.line(),
                    column.label());
        }
        double below = 0;
        for (int i = 0; i + 1 < sorted.length; i++) {
            if (sorted[i] <= SMALL && sorted[i + 1] >= Math.max(LARGE, GAP * sorted[i])) {
                below = sorted[i];
            }
        }
        return below;
    }

    private static String format(String sentence, Object value) {
        return String.format(Locale.ROOT, sentence, value);
    }
}
