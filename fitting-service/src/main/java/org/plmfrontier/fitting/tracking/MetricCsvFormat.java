package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.plmfrontier.fitting.table.Column;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.LossUnit;
import org.plmfrontier.fitting.table.MetricName;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TextSource;

/** MLflow's download of a chart of metrics: {@code run_id,key,value,step,timestamp}, without quotes. */
public final class MetricCsvFormat implements LogFormat {
    private static final Pattern HEADER =
            Pattern.compile("(?s)(?:\uFEFF)?run_id,key,value,step,timestamp\\s*(?:[\\r\\n].*)?");
    private static final int RUN = 0;
    private static final int KEY = 1;
    private static final int CELLS = 5;

    /** One file with the runs that have each metric. */
    private record Chart(String file, TextSource text, Map<String, Set<String>> runsByMetric) implements TrackedSource {

        static Chart of(String file, TextSource text) {
            Map<String, Set<String>> found = new TreeMap<>();
            try (Stream<String> lines = text.lines()) {
                lines.skip(1)
                        .map(line -> line.split(",", -1))
                        .filter(cells -> cells.length == CELLS)
                        .forEach(cells -> found.computeIfAbsent(cells[KEY].strip(), key -> new TreeSet<>())
                                .add(cells[RUN].strip()));
            }
            return new Chart(file, text, found);
        }

        @Override
        public List<String> runs() {
            return runsByMetric.values().stream()
                    .flatMap(Set::stream)
                    .distinct()
                    .sorted()
                    .toList();
        }

        @Override
        public List<String> runs(String metric) {
            return List.copyOf(runsByMetric.getOrDefault(metric, Set.of()));
        }

        @Override
        public Set<String> metrics() {
            return runsByMetric.keySet();
        }

        /** Lines of other metrics are read as blank ones, so that lines keep their numbers. */
        @Override
        public LossRows losses(String metric, RunSizes sizes) {
            TextSource chosen = () -> text.lines().map(line -> isOther(line, metric) ? "" : line);
            ColumnMapping value = ColumnMapping.usual().with(Column.LOSS, "value");
            LossUnit unit = MetricName.unit(metric);
            return FileRows.of(file, chosen, unit == LossUnit.NATS ? value : value.with(unit), sizes);
        }

        private boolean isOther(String line, String metric) {
            String[] cells = line.split(",", -1);
            return cells.length == CELLS
                    && runsByMetric.containsKey(cells[KEY].strip())
                    && !cells[KEY].strip().equals(metric);
        }
    }

    @Override
    public String name() {
        return "charts of MLflow as CSV";
    }

    @Override
    public String xAxis() {
        return "steps of column 'step', times tokens per step";
    }

    @Override
    public boolean isTable() {
        return true;
    }

    @Override
    public boolean recognises(Path file, byte[] head) {
        return HEADER.matcher(new String(head, StandardCharsets.UTF_8)).matches();
    }

    @Override
    public Sources open(Path root, List<Path> files) throws IOException {
        List<TrackedSource> charts = new ArrayList<>();
        for (Path file : files) {
            charts.add(Chart.of(RunName.last(file), FileRows.text(file)));
        }
        return new Sources(charts, List.of());
    }
}
