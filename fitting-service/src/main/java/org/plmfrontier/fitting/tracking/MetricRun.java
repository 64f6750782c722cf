package org.plmfrontier.fitting.tracking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.RunSizes;

/** One run of MLflow's store of files, with its files by the metric. */
record MetricRun(String name, Map<String, Path> files) implements TrackedSource {
    private static final int SHOWN = 60;

    MetricRun {
        files = Map.copyOf(files);
    }

    @Override
    public List<String> runs() {
        return List.of(name);
    }

    @Override
    public Set<String> metrics() {
        return files.keySet();
    }

    @Override
    public LossRows losses(String metric, RunSizes sizes) {
        Path file = files.get(metric);
        if (file == null) {
            throw new IllegalArgumentException("run " + name + " has no metric '" + metric + "'");
        }
        String place = "metrics/" + metric + " of run " + name + ", line";
        return new PointRows(
                name, metric, false, place, sizes, (findings, points) -> read(file, place, findings, points));
    }

    private void read(Path file, String place, FindingLog findings, Consumer<LossPoint> points) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int line = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                Optional<LossPoint> point = point(line, text);
                point.ifPresent(points);
                if (point.isEmpty() && !text.isBlank()) {
                    String shown = text.substring(0, Math.min(SHOWN, text.length()));
                    findings.add(new Finding(
                            Finding.Kind.BAD_ROW,
                            line,
                            "",
                            name,
                            place + " " + line + ": '" + shown + "' is not 'timestamp value step'"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of time, value and, but for the oldest stores, step; what newer stores add is passed over. */
    private static Optional<LossPoint> point(int line, String text) {
        String[] parts = text.strip().split(" ", 4);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            Long.parseLong(parts[0]);
            double step = parts.length == 2 ? 0 : Long.parseLong(parts[2]);
            return Optional.of(LossPoint.of(line, step, number(parts[1])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
