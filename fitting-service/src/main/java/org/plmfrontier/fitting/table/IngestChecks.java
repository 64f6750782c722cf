package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Looks for what is wrong in real exports although every cell is a number, in a table that is in memory. */
final class IngestChecks {
    private record Key(String group, String run, double parameters) {}

    private final FindingLog findings;
    private final List<RunSeries> series = new ArrayList<>();
    private final List<List<TableRow>> kept = new ArrayList<>();

    private IngestChecks(FindingLog findings) {
        this.findings = findings;
    }

    /**
     * The rows that stand, with the C that stands for each.
     *
     * @param rows in the file's order
     */
    static List<TableRow> check(List<TableRow> rows, boolean hasFlops, KnownUnits units, FindingLog findings) {
        IngestChecks checks = new IngestChecks(findings);
        Map<Key, List<TableRow>> runs = new LinkedHashMap<>();
        rows.forEach(
                row -> runs.computeIfAbsent(new Key(row.group(), row.run(), row.parameters()), key -> new ArrayList<>())
                        .add(row));
        runs.values().forEach(checks::run);
        List<RunsTogether.Verdict> verdicts = RunsTogether.judge(checks.series, hasFlops, units, findings);
        List<TableRow> standing = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (!verdicts.get(i).setApart()) {
                for (TableRow row : checks.kept.get(i)) {
                    standing.add(with(row, verdicts.get(i).flops()));
                }
            }
        }
        standing.sort(Comparator.comparingInt(TableRow::line));
        return standing;
    }

    private void run(List<TableRow> rows) {
        RunOrder order = new RunOrder();
        rows.forEach(order::add);
        List<RunOrder.Replaced> replaced = order.replaced();
        List<TableRow> standing = new ArrayList<>();
        long setApart = 0;
        for (TableRow row : rows) {
            if (row.line() > order.lastLine()) {
                continue;
            }
            if (replaced.stream().anyMatch(branch -> branch.holds(row))) {
                setApart++;
            } else {
                standing.add(row);
            }
        }
        findings.addAll(order.findings(setApart));
        standing.sort(Comparator.comparingDouble(TableRow::tokens).thenComparingInt(TableRow::line));
        RunSeries run = new RunSeries(order.isRepeatedTraining());
        List<TableRow> once = new ArrayList<>();
        for (TableRow row : standing) {
            if (run.add(row, findings).isPresent()) {
                once.removeLast();
            }
            once.add(row);
        }
        run.finish();
        series.add(run);
        kept.add(once);
    }

    private static TableRow with(TableRow row, RunsTogether.Flops flops) {
        return switch (flops) {
            case RunsTogether.Flops.AsGiven ignored -> row;
            case RunsTogether.Flops.SixNd ignored -> row.withFlops(OptionalDouble.empty());
            case RunsTogether.Flops.PerToken(double perToken) ->
                row.computeFlops().isPresent() ? row : row.withFlops(OptionalDouble.of(perToken * row.tokens()));
        };
    }
}
