package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * MLflow's store of files: {@code mlruns/EXPERIMENT/RUN/metrics/NAME} with lines {@code timestamp value step}. A run has the
 * name that {@code tags/mlflow.runName} says, else that of its folder.
 */
public final class MetricFileFormat implements LogFormat {
    /** The time is in milliseconds since 1970. */
    private static final Pattern LINE = Pattern.compile(
            "\\d{12,14} (?:[-+]?[0-9.]+(?:[eE][-+]?\\d+)?|[-+]?inf|nan)(?: -?\\d+(?: .*)?)?", Pattern.CASE_INSENSITIVE);

    private static final String METRICS = "metrics";
    private static final int SHORT_ID = 8;

    /** Where a metric belongs. */
    private record Owner(Path run, String metric) {
        static Owner of(Path file) {
            Path absolute = file.toAbsolutePath().normalize();
            for (Path at = RunName.folder(absolute); at.getParent() != null; at = RunName.folder(at)) {
                if (RunName.last(at).equals(METRICS)) {
                    return new Owner(RunName.folder(at), RunName.slashed(at.relativize(absolute)));
                }
            }
            return new Owner(RunName.folder(absolute), RunName.last(absolute));
        }
    }

    @Override
    public String name() {
        return "metric files of MLflow";
    }

    @Override
    public String xAxis() {
        return "steps of the metric's lines, times tokens per step";
    }

    @Override
    public boolean recognises(Path file, byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> LINE.matcher(line).matches())
                .orElse(false);
    }

    @Override
    public Sources open(Path root, List<Path> files) throws IOException {
        Map<Path, Map<String, Path>> byRun = new TreeMap<>();
        for (Path file : files) {
            Owner owner = Owner.of(file);
            byRun.computeIfAbsent(owner.run(), run -> new TreeMap<>()).put(owner.metric(), file);
        }
        Map<Path, String> names = new HashMap<>();
        Map<String, Integer> uses = new HashMap<>();
        for (Path run : byRun.keySet()) {
            String name = name(run);
            names.put(run, name);
            uses.merge(name, 1, Integer::sum);
        }
        List<TrackedSource> runs = new ArrayList<>();
        byRun.forEach((run, metrics) -> {
            String name = names.getOrDefault(run, RunName.last(run));
            String id = RunName.last(run);
            boolean once = uses.getOrDefault(name, 1) == 1;
            runs.add(new MetricRun(
                    once ? name : name + " (" + id.substring(0, Math.min(SHORT_ID, id.length())) + ")", metrics));
        });
        return new Sources(runs, List.of());
    }

    private static String name(Path run) throws IOException {
        Path tag = run.resolve("tags").resolve("mlflow.runName");
        String name = Files.isRegularFile(tag) ? Files.readString(tag).strip() : "";
        return name.isEmpty() ? RunName.last(run) : name;
    }
}
