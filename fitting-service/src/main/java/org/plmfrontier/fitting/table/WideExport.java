package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The export of a chart by Weights and Biases: one column per run, named "run - metric", with the columns of its minimum and
 * maximum beside it, which are no runs.
 *
 * @param columns of the metric that is taken
 * @param unit of its losses
 * @param others metrics that are not taken
 */
record WideExport(List<RunColumn> columns, String metric, LossUnit unit, List<String> others) {
    /** Between the name of a run and that of its metric. */
    static final String BETWEEN = " - ";

    private static final int SHOWN = 5;
    private static final Set<String> TIMES =
            Set.of("time", "walltime", "timestamp", "runtime", "date", "seconds", "minutes", "hours", "epoch");

    /** A column of one run. */
    record RunColumn(int index, String run) {}

    WideExport {
        columns = List.copyOf(columns);
        others = List.copyOf(others);
    }

    /**
     * Finds such columns; empty where a header has none.
     *
     * @param named the metric that was named by hand; null where the best loss is taken
     */
    static Optional<WideExport> of(String[] header, @Nullable String named) {
        Map<String, List<RunColumn>> byMetric = new TreeMap<>();
        for (int i = 0; i < header.length; i++) {
            int at = header[i].lastIndexOf(BETWEEN);
            if (at > 0 && !header[i].endsWith("__MIN") && !header[i].endsWith("__MAX")) {
                String metric = header[i].substring(at + BETWEEN.length()).trim();
                String run = header[i].substring(0, at).trim();
                byMetric.computeIfAbsent(metric, key -> new ArrayList<>()).add(new RunColumn(i, run));
            }
        }
        return byMetric.keySet().stream()
                .filter(metric -> named == null ? loss(metric).isPresent() : metric.equals(named))
                .min(Comparator.comparingInt(WideExport::rank))
                .map(metric -> new WideExport(
                        byMetric.getOrDefault(metric, List.of()),
                        metric,
                        loss(metric).map(LossName::unit).orElse(LossUnit.NATS),
                        byMetric.keySet().stream()
                                .filter(other -> named == null && !other.equals(metric))
                                .toList()));
    }

    /**
     * The mapping with the first column for what the curves are drawn over, where no header answers to steps or tokens; times,
     * and what is known as something else, are none.
     */
    ColumnMapping withAxis(String[] header, ColumnMapping mapping) {
        HeaderName first = HeaderName.of(header[0]);
        boolean known = mapping.headers().containsKey(Column.STEP)
                || mapping.headers().containsKey(Column.D)
                || Arrays.stream(header)
                        .anyMatch(name -> Column.STEP.rank(HeaderName.of(name)).isPresent()
                                || Column.D.rank(HeaderName.of(name)).isPresent());
        boolean none = header[0].isBlank()
                || header[0].contains(BETWEEN)
                || Candidates.isKnown(header[0])
                || first.words().stream().anyMatch(TIMES::contains);
        if (known || none) {
            return mapping;
        }
        boolean tokens = first.words().stream().anyMatch(word -> word.equals("tokens") || word.equals("token"));
        return mapping.with(tokens ? Column.D : Column.STEP, header[0]);
    }

    /** The refusal of such a file without N and tokens per step. */
    BadTableException withoutSizes(int line) {
        return new BadTableException(
                "line " + line + ": the file has one column per run (" + columns.size() + " runs: " + runs(columns)
                        + "): N and"
                        + " tokens per run are needed; give them with --runs RUNS.csv, a table of columns"
                        + " run,N,tokens_per_step with one row per run, or with --parameters and --tokens-per-step, or by"
                        + " groups 'parameters' and 'tokensPerStep' of --run-pattern",
                line,
                columns.getFirst().run() + BETWEEN + metric);
    }

    /**
     * Checks that N is known of each run, and tokens per step where D has to follow from steps.
     *
     * @throws BadTableException naming runs of which they are not
     */
    void requireIn(RunSizes sizes, int line, boolean steps) {
        sizes.require(columns.stream().map(RunColumn::run).distinct(), steps, line);
    }

    private static Optional<LossName> loss(String metric) {
        return LossName.of(HeaderName.of(metric));
    }

    private static int rank(String metric) {
        return loss(metric).map(LossName::rank).orElse(Integer.MAX_VALUE);
    }

    private static String runs(List<RunColumn> columns) {
        String shown = columns.stream().limit(SHOWN).map(RunColumn::run).collect(Collectors.joining(", "));
        return columns.size() > SHOWN ? shown + " and " + (columns.size() - SHOWN) + " more" : shown;
    }
}
