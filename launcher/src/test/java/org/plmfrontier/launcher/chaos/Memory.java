package org.plmfrontier.launcher.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory of processes over time: what is resident, as the system counts it, and of Java's heap what survives a collection.
 * Thread-safe.
 */
final class Memory {
    /** Least samples of a process that is told of: a trainer that is killed early is not. */
    private static final int LEAST = 10;
    /** A process that lives shorter is still finding its size and has no slope. */
    private static final double LEAST_SECONDS = 1200;

    private static final double MIB = 1 << 20;
    private static final String RESIDENT = "resident";
    private static final String LIVE = "live heap";

    private final Map<Series, List<Sample>> samples =
            new TreeMap<>(Comparator.comparing(Series::process).thenComparing(Series::kind, Comparator.reverseOrder()));

    /** What is watched of a process. */
    private record Series(String process, String kind) {}

    /** One look: seconds since the first, MiB. */
    private record Sample(double seconds, double mebibytes) {}

    /** Resident memory. */
    void look(String process, long pid, double seconds) {
        List<String> answer = lines("ps", "-o", "rss=", "-p", Long.toString(pid));
        answer.stream()
                .findFirst()
                .ifPresent(rss -> add(new Series(process, RESIDENT), seconds, Long.parseLong(rss.strip()) / 1024.0));
    }

    /** What of the heap survives a full collection, which this asks the process for. */
    void lookAtHeap(String process, long pid, double seconds) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        lines(jcmd, Long.toString(pid), "GC.class_histogram").stream()
                .filter(line -> line.startsWith("Total "))
                .map(line -> line.strip().split("\\s+")[2])
                .findFirst()
                .ifPresent(bytes -> add(new Series(process, LIVE), seconds, Long.parseLong(bytes) / MIB));
    }

    private synchronized void add(Series series, double seconds, double mebibytes) {
        samples.computeIfAbsent(series, any -> new ArrayList<>()).add(new Sample(seconds, mebibytes));
    }

    /** Least-squares slope over the second half of each process's samples, when it has found its size. */
    synchronized String markdown() {
        StringBuilder table = new StringBuilder(
                "| process | of | samples | seconds | first MiB | last MiB | most MiB | slope of the second half, MiB per hour |\n"
                        + "|---|---|---|---|---|---|---|---|\n");
        samples.forEach((series, all) -> {
            if (all.size() >= LEAST) {
                double lived = all.getLast().seconds() - all.getFirst().seconds();
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %.0f | %.0f | %.0f | %.0f | %s |%n",
                        series.process(),
                        series.kind(),
                        all.size(),
                        lived,
                        all.getFirst().mebibytes(),
                        all.getLast().mebibytes(),
                        all.stream().mapToDouble(Sample::mebibytes).max().orElseThrow(),
                        lived < LEAST_SECONDS
                                ? ""
                                : String.format(
                                        Locale.ROOT, "%.1f", 3600 * slope(all.subList(all.size() / 2, all.size())))));
            }
        });
        return table.toString();
    }

    private static double slope(List<Sample> points) {
        double x = points.stream().mapToDouble(Sample::seconds).average().orElseThrow();
        double y = points.stream().mapToDouble(Sample::mebibytes).average().orElseThrow();
        double xy = points.stream()
                .mapToDouble(p -> (p.seconds() - x) * (p.mebibytes() - y))
                .sum();
        double xx = points.stream()
                .mapToDouble(p -> (p.seconds() - x) * (p.seconds() - x))
                .sum();
        return xy / xx;
    }

    /** What a command prints; nothing of a process that is gone. */
    private static List<String> lines(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                return reader.lines().filter(line -> !line.isBlank()).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
