package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all runs of a file together and decides which are fitted and what stands for C in each: one convention per run,
 * whatever single cells lack.
 */
public final class RunsTogether {
    private static final double LOWEST_RATIO = 0.5;
    private static final double HIGHEST_RATIO = 2;
    /** FLOPs per token of a run that differ by less are one number, rounded. */
    private static final double SAME = 1.02;

    private static final int FEWEST_EQUAL = 3;

    /** What stands for C in a run. */
    public sealed interface Flops {
        /** The file's C. */
        record AsGiven() implements Flops {}

        /**
         * The file's C, and where it is blank the run's own FLOPs per token times D.
         *
         * @param flops per token
         */
        record PerToken(double flops) implements Flops {}

        /** 6 N D in all rows. */
        record SixNd() implements Flops {}
    }

    /**
     * What becomes of a run.
     *
     * @param setApart whether none of its rows enters
     */
    public record Verdict(boolean setApart, Flops flops) {}

    private final List<RunSeries> runs;
    private final FindingLog findings;
    private final KnownUnits units;

    private RunsTogether(List<RunSeries> runs, KnownUnits units, FindingLog findings) {
        this.runs = runs;
        this.units = units;
        this.findings = findings;
    }

    /**
     * Decides.
     *
     * @param runs all of them, each at its end
     * @param hasFlops whether the file has a column for C
     * @param findings receives what is wrong
     * @return one per run
     * @throws BadTableException where the file as a whole is in other units than nats, parameters and tokens
     */
    public static List<Verdict> judge(List<RunSeries> runs, boolean hasFlops, KnownUnits units, FindingLog findings) {
        if (runs.isEmpty()) {
            return List.of();
        }
        RunsTogether together = new RunsTogether(runs, units, findings);
        if (!units.loss()) {
            OptionalInt tooHigh = findings.firstLine(Finding.Kind.ABSURD_UNITS, Column.LOSS.label());
            LossCheck.check(runs, units.lossHeader(), tooHigh).ifPresent(findings::add);
        }
        List<@Nullable Finding> suspects = UnitCheck.suspects(runs, units);
        together.names();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            findings.addAll(runs.get(i).findings());
            Finding suspect = suspects.get(i);
            if (suspect != null) {
                findings.add(suspect);
            }
            verdicts.add(new Verdict(
                    suspect != null, hasFlops && suspect == null ? together.flops(runs.get(i)) : new Flops.SixNd()));
        }
        if (hasFlops) {
            together.mixed(verdicts);
        }
        return verdicts;
    }

    private Flops flops(RunSeries run) {
        TableRow bad = run.badFlops();
        if (bad != null) {
            found(Finding.Kind.OVERFLOWED_FLOPS, bad, run.badReason() + ": 6 N D stands for C in the whole run");
            return new Flops.SixNd();
        }
        if (run.hasFlops() && run.ratio() < 1 / UnitCheck.FAR && !units.flops()) {
            found(
                    Finding.Kind.FLOPS_UNIT,
                    run.firstRow(),
                    String.format(
                            Locale.ROOT,
                            "C is %.3g times 6 N D, so in another unit: 6 N D stands for it; say the unit, as in --columns"
                                    + " C=HEADER*1e18",
                            run.ratio()));
            return new Flops.SixNd();
        }
        TableRow without = run.withoutFlops();
        if (without == null) {
            off(run);
            return new Flops.AsGiven();
        }
        if (run.hasFlops() && run.highestRatio() <= SAME * run.lowestRatio()) {
            off(run);
            double perToken = 6 * run.parameters() * run.ratio();
            found(
                    Finding.Kind.FLOPS_COMPUTED,
                    without,
                    blank(run) + "the run's own FLOPs per token stand for it, "
                            + String.format(Locale.ROOT, "%.4g (%.4g times 6 N)", perToken, run.ratio()));
            return new Flops.PerToken(perToken);
        }
        found(Finding.Kind.FLOPS_COMPUTED, without, blank(run) + "6 N D stands for C in the whole run");
        return new Flops.SixNd();
    }

    private static String blank(RunSeries run) {
        return "C is blank in " + run.blank() + " of " + run.rows() + " rows: ";
    }

    private void off(RunSeries run) {
        Optional<Table5Range> shape = Table5Range.of(run.parameters());
        Optional<String> unlike = shape.flatMap(range -> range.unlike(run.highestRatio()))
                .or(() -> shape.flatMap(range -> range.unlike(run.lowestRatio())));
        if (unlike.isPresent()) {
            found(Finding.Kind.FLOPS_OFF, run.firstRow(), unlike.get());
        } else if (run.lowestRatio() < LOWEST_RATIO || run.highestRatio() > HIGHEST_RATIO) {
            String ratio = String.format(Locale.ROOT, "C is %.3g", run.lowestRatio());
            String to = run.highestRatio() > SAME * run.lowestRatio()
                    ? String.format(Locale.ROOT, " to %.3g", run.highestRatio())
                    : "";
            found(Finding.Kind.FLOPS_OFF, run.firstRow(), ratio + to + " times 6 N D");
        }
    }

    /** Says where runs differ in what their C counts. */
    private void mixed(List<Verdict> verdicts) {
        int computed = 0;
        int given = 0;
        double lnRatios = 0;
        TableRow firstComputed = null;
        for (int i = 0; i < runs.size(); i++) {
            if (verdicts.get(i).setApart()) {
                continue;
            }
            if (verdicts.get(i).flops() instanceof Flops.SixNd) {
                computed++;
                firstComputed = firstComputed == null ? runs.get(i).firstRow() : firstComputed;
            } else {
                given++;
                lnRatios += Math.log(runs.get(i).ratio());
            }
        }
        double ratio = Math.exp(lnRatios / given);
        if (firstComputed != null && given > 0 && Math.max(ratio, 1 / ratio) > SAME) {
            found(
                    Finding.Kind.MIXED_FLOPS,
                    firstComputed,
                    String.format(
                            Locale.ROOT,
                            "C is 6 N D in %d runs and as given, %.3g times 6 N D, in %d: two conventions in one fit; give C for"
                                    + " all runs, or take 6 N D for all with --columns C=6ND",
                            computed,
                            ratio,
                            given));
        }
    }

    /** Runs of one name with several N, and runs whose losses are those of another. */
    private void names() {
        Map<List<String>, RunSeries> byName = new HashMap<>();
        Map<Long, RunSeries> byLosses = new HashMap<>();
        Set<Long> told = new HashSet<>();
        for (RunSeries run : runs) {
            TableRow row = run.firstRow();
            RunSeries same = byName.putIfAbsent(List.of(row.group(), row.run()), run);
            if (same != null) {
                findings.add(Finding.at(
                        Finding.Kind.MIXED_RUN,
                        row.line(),
                        Column.N.label(),
                        row.run(),
                        "N is " + row.parameters() + ", it is " + same.parameters() + " on line "
                                + same.firstRow().line()));
            }
            RunSeries twin = run.rows() < FEWEST_EQUAL ? null : byLosses.putIfAbsent(run.lossHash(), run);
            if (twin != null && told.add(run.lossHash())) {
                findings.add(Finding.at(
                        Finding.Kind.DUPLICATE_RUN,
                        row.line(),
                        "",
                        row.run(),
                        "has the same losses as run " + twin.run()));
            }
        }
    }

    private void found(Finding.Kind kind, TableRow row, String what) {
        findings.add(Finding.at(kind, row.line(), Column.C.label(), row.run(), what));
    }
}
