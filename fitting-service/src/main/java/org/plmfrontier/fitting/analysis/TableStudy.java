package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.repeated.RepeatedData;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableRow;

/** Makes the data of all methods from an imported table of one group. */
public final class TableStudy {
    private TableStudy() {}

    /**
     * A study from the rows of a table.
     *
     * @throws IllegalArgumentException if the table has several groups: corpora, mask ratios, tokenizers or held-out sets
     *     must not be mixed in one fit
     */
    public static StudyData of(LossTable table) {
        List<String> groups = table.groups();
        if (groups.size() > 1) {
            throw new IllegalArgumentException("the table has the groups " + String.join(", ", groups)
                    + ", which must not be mixed in one fit: choose one");
        }
        List<TableRun> runs = runs(table);
        List<SmoothedCurve> curves = new ArrayList<>();
        List<LossCurve> fresh = new ArrayList<>();
        List<LossCurve> whole = new ArrayList<>();
        for (TableRun run : runs) {
            if (run.isCurve()) {
                double unique = TableRun.unique(run.last());
                SmoothedCurve.of(run.curve(), Stiffness.crossValidated())
                        .result()
                        .ifPresent(curve -> {
                            curves.add(curve);
                            fresh.addAll(LossCurve.of(curve, unique, FinalRows.MOST_EPOCHS));
                            whole.addAll(LossCurve.of(curve, unique, Double.POSITIVE_INFINITY));
                        });
            }
        }
        FinalRows.Chosen chosen = new FinalRows(FinalRows.MOST_EPOCHS).chosen(runs);
        List<FinalLoss> finals = chosen.losses();
        List<FinalLoss> repeated =
                new FinalRows(Double.POSITIVE_INFINITY).chosen(runs).losses();
        List<String> excluded = new ArrayList<>(chosen.leftOut().sentences());
        return new StudyData(
                table.convention(),
                curves,
                observations(SurfaceLosses.of(finals, fresh, excluded)),
                repeated(SurfaceLosses.of(repeated, whole, new ArrayList<>())),
                EqualCompute.of(finals, fresh, excluded),
                excluded);
    }

    /**
     * A study of runs that were imported: their final losses were chosen by {@link #finals} then.
     *
     * @param runs with their finals, in the order in which the file first names them
     * @param curves smoothed, of those that can be
     * @param excludedRows one sentence per kind of rows that were left out at the import
     */
    public static StudyData of(
            List<RunCurve> runs, List<SmoothedCurve> curves, Convention convention, List<String> excludedRows) {
        Map<String, Double> freshTokens = new HashMap<>();
        List<FinalLoss> finals = new ArrayList<>();
        for (RunCurve run : runs) {
            for (FinalPoint point : run.finals()) {
                freshTokens.merge(run.runId(), point.tokens(), Math::max);
                finals.add(new FinalLoss(
                        new Observation(run.runId(), run.parameters(), point.tokens(), point.lossNats()),
                        point.computeFlops(),
                        point.tokens()));
            }
        }
        List<LossCurve> fresh = curves.stream()
                .flatMap(curve ->
                        LossCurve.of(curve, freshTokens.getOrDefault(curve.run().runId(), Double.MIN_NORMAL), 1)
                                .stream())
                .toList();
        List<String> excluded = new ArrayList<>(excludedRows);
        List<FinalLoss> losses = SurfaceLosses.of(finals, fresh, excluded);
        return new StudyData(
                convention,
                curves,
                observations(losses),
                repeated(losses),
                EqualCompute.of(finals, fresh, excluded),
                excluded);
    }

    /**
     * The rows that stand for final losses, and why others do not.
     *
     * @param points ascending by run and D
     * @param leftOut the other rows
     */
    public record Finals(List<FinalPoint> points, LeftOutRows leftOut) {
        public Finals {
            points = List.copyOf(points);
            Objects.requireNonNull(leftOut, "leftOut");
        }
    }

    /** The final losses of a table, by the rules of {@link #of(LossTable)}. */
    public static Finals finals(LossTable table) {
        FinalRows.Chosen chosen = new FinalRows(FinalRows.MOST_EPOCHS).chosen(runs(table));
        List<FinalPoint> points = chosen.losses().stream()
                .map(one -> new FinalPoint(
                        one.loss().tokens(),
                        one.loss().tokens(),
                        one.computeFlops(),
                        one.loss().lossNats()))
                .toList();
        return new Finals(points, chosen.leftOut());
    }

    private static Observations observations(List<FinalLoss> losses) {
        return Observations.of(losses.stream().map(FinalLoss::loss).toList());
    }

    private static RepeatedData repeated(List<FinalLoss> losses) {
        return new RepeatedData(
                observations(losses),
                losses.stream().mapToDouble(FinalLoss::uniqueTokens).toArray());
    }

    private record Key(String run, double parameters) {}

    /** Runs in the order in which the table first names them. */
    private static List<TableRun> runs(LossTable table) {
        Map<Key, List<TableRow>> byRun = new LinkedHashMap<>();
        for (TableRow row : table.rows()) {
            byRun.computeIfAbsent(new Key(row.run(), row.parameters()), key -> new ArrayList<>())
                    .add(row);
        }
        Map<String, Long> sizes =
                byRun.keySet().stream().collect(Collectors.groupingBy(Key::run, Collectors.counting()));
        List<TableRun> runs = new ArrayList<>();
        byRun.forEach((key, rows) -> {
            rows.sort(Comparator.comparingDouble(TableRow::tokens).thenComparingInt(TableRow::line));
            boolean alone = Objects.equals(sizes.get(key.run()), 1L);
            runs.add(new TableRun(alone ? key.run() : key.run() + " (N " + number(key.parameters()) + ")", rows));
        });
        return runs;
    }

    /** As the database writes it: whole numbers without a point. */
    private static String number(double value) {
        return value == Math.rint(value) && value < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
