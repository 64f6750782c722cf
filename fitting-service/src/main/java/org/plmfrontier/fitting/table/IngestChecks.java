package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for what is wrong in real exports although every cell is a number. */
final class IngestChecks {
    private static final double LOWEST_RATIO = 0.5;
    private static final double HIGHEST_RATIO = 2;
    /** Row counts at which common exporters stop. */
    private static final Set<Integer> CAPS = Set.of(500, 1000, 1500, 10_000, 100_000);

    private final List<Finding> findings;

    private IngestChecks(List<Finding> findings) {
        this.findings = new ArrayList<>(findings);
    }

    static LossTable check(LossTable table) {
        IngestChecks checks = new IngestChecks(table.findings());
        List<TableRow> rows = checks.withoutDuplicates(table.rows());
        Map<String, List<TableRow>> runs = new LinkedHashMap<>();
        rows.forEach(row -> runs.computeIfAbsent(row.group() + "\n" + row.run(), key -> new ArrayList<>())
                .add(row));
        rows.forEach(checks::flops);
        runs.values().forEach(checks::run);
        checks.sameLosses(runs.values());
        checks.findings.sort(Comparator.comparingInt(Finding::line));
        return new LossTable(rows, checks.findings, table.hasFlops());
    }

    private record Content(String run, String group, double parameters, double tokens, double lossNats, double step) {}

    private List<TableRow> withoutDuplicates(List<TableRow> rows) {
        Map<Content, Integer> seen = new HashMap<>();
        List<TableRow> kept = new ArrayList<>();
        for (TableRow row : rows) {
            Content content = new Content(
                    row.run(),
                    row.group(),
                    row.parameters(),
                    row.tokens(),
                    row.lossNats(),
                    row.step().orElse(-1));
            Integer first = seen.putIfAbsent(content, row.line());
            if (first == null) {
                kept.add(row);
            } else {
                found(Finding.Kind.DUPLICATE_ROW, row, "", "repeats line " + first);
            }
        }
        return kept;
    }

    private void flops(TableRow row) {
        if (row.computeFlops().isPresent()) {
            double ratio = row.computeFlops().getAsDouble() / (6 * row.parameters() * row.tokens());
            Optional<String> unlike = Table5Range.of(row.parameters()).flatMap(range -> range.unlike(ratio));
            if (unlike.isPresent()) {
                found(Finding.Kind.FLOPS_OFF, row, Column.C.label(), unlike.get());
            } else if (ratio < LOWEST_RATIO || ratio > HIGHEST_RATIO) {
                found(
                        Finding.Kind.FLOPS_OFF,
                        row,
                        Column.C.label(),
                        String.format(Locale.ROOT, "C is %.3g times 6 N D", ratio));
            }
        }
    }

    private void run(List<TableRow> rows) {
        TableRow first = rows.get(0);
        rows.stream()
                .filter(row -> row.parameters() != first.parameters())
                .findFirst()
                .ifPresent(row -> found(
                        Finding.Kind.MIXED_RUN,
                        row,
                        Column.N.label(),
                        "N is " + row.parameters() + ", it was " + first.parameters() + " on line " + first.line()));
        for (int i = 1; i < rows.size(); i++) {
            TableRow before = rows.get(i - 1);
            TableRow row = rows.get(i);
            boolean later = row.step().isPresent()
                    && before.step().isPresent()
                    && row.step().getAsDouble() > before.step().getAsDouble();
            if (later && row.tokens() < before.tokens()) {
                found(
                        Finding.Kind.TOKENS_FALL,
                        row,
                        Column.D.label(),
                        "D falls from " + before.tokens() + " to " + row.tokens() + " although the step rises");
            }
        }
        FirstRows.foreign(rows).ifPresent(what -> found(Finding.Kind.FOREIGN_ROWS, first, Column.C.label(), what));
        if (CAPS.contains(rows.size())) {
            found(
                    Finding.Kind.CAPPED_EXPORT,
                    rows.get(rows.size() - 1),
                    "",
                    "the run has exactly " + rows.size() + " rows, where exporters cut off or sample");
        }
    }

    private void sameLosses(Iterable<List<TableRow>> runs) {
        Map<List<Double>, TableRow> seen = new HashMap<>();
        Set<List<Double>> reported = new HashSet<>();
        for (List<TableRow> rows : runs) {
            List<Double> losses = rows.stream().map(TableRow::lossNats).toList();
            TableRow other = rows.size() < 3 ? null : seen.putIfAbsent(losses, rows.get(0));
            if (other != null && reported.add(losses)) {
                found(Finding.Kind.DUPLICATE_RUN, rows.get(0), "", "has the same losses as run " + other.run());
            }
        }
    }

    private void found(Finding.Kind kind, TableRow row, String column, String what) {
        String place = "line " + row.line() + (column.isEmpty() ? "" : ", column " + column) + ", run " + row.run();
        findings.add(new Finding(kind, row.line(), column, row.run(), place + ": " + what));
    }
}
