package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Column;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.LossUnit;
import org.plmfrontier.fitting.table.MetricName;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TextSource;

/** TensorBoard's download of one scalar of one run, {@code Wall time,Step,Value}; its name says which: run-NAME-tag-TAG.csv. */
public final class ScalarCsvFormat implements LogFormat {
    private static final Pattern HEADER =
            Pattern.compile("(?is)(?:\uFEFF)?\"?wall[ _]time\"?\\s*[,;\\t]\\s*\"?step\"?\\s*[,;\\t]"
                    + "\\s*\"?value\"?\\s*(?:[\\r\\n].*)?");
    private static final Pattern FILE = Pattern.compile("run-(.*?)-tag-(.*)");
    private static final String UNNAMED = "Value";

    private record Series(String run, String tag, String file, TextSource text) {}

    /** The files of one run by their tag. */
    private record Run(String name, Map<String, Series> series) implements TrackedSource {
        @Override
        public List<String> runs() {
            return List.of(name);
        }

        @Override
        public Set<String> metrics() {
            return series.keySet();
        }

        @Override
        public LossRows losses(String metric, RunSizes sizes) {
            ColumnMapping usual = ColumnMapping.usual().with(Column.LOSS, UNNAMED);
            LossUnit unit = MetricName.unit(metric);
            ColumnMapping mapping = unit == LossUnit.NATS ? usual : usual.with(unit);
            Series chosen = series.get(metric);
            if (chosen == null) {
                throw new IllegalArgumentException("run " + name + " has no scalar '" + metric + "'");
            }
            return FileRows.of(chosen.file(), chosen.text(), mapping, sizes.named(name));
        }
    }

    @Override
    public String name() {
        return "TensorBoard scalars as CSV";
    }

    @Override
    public String xAxis() {
        return "steps of column 'Step', times tokens per step";
    }

    @Override
    public boolean isTable() {
        return true;
    }

    @Override
    public boolean recognises(Path file, byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return HEADER.matcher(text).matches();
    }

    @Override
    public Sources open(Path root, List<Path> files) throws IOException {
        Map<String, Map<String, Series>> byRun = new LinkedHashMap<>();
        for (Path file : files) {
            Series series = series(root, file);
            Map<String, Series> run = byRun.computeIfAbsent(series.run(), name -> new LinkedHashMap<>());
            if (run.putIfAbsent(series.tag(), series) != null) {
                throw new BadTableException(file + ": run '" + series.run() + "' has the scalar '" + series.tag()
                        + "' in another file too");
            }
        }
        List<TrackedSource> sources = new ArrayList<>();
        byRun.forEach((name, series) -> sources.add(new Run(name, Map.copyOf(series))));
        return new Sources(sources, List.of());
    }

    private static Series series(Path root, Path file) throws IOException {
        String stem = RunName.last(file).replaceFirst("(?i)\\.csv$", "");
        Matcher named = FILE.matcher(stem);
        boolean matches = named.matches();
        String run = matches ? named.group(1) : stem;
        String tag = matches ? named.group(2) : UNNAMED;
        Path folder = RunName.folder(file);
        String below = folder.equals(root) ? "" : RunName.of(root, folder) + "/";
        return new Series(below + run, tag, RunName.last(file), FileRows.text(file));
    }
}
