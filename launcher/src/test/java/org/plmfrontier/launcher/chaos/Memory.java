package org.plmfrontier.launcher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Resident memory of processes over time, as the system counts it. Thread-safe. */
final class Memory {
    /** Least samples of a process behind a slope: a trainer that is killed early has none. */
    private static final int LEAST = 10;

    private final Map<String, List<Sample>> samples = new TreeMap<>();

    /** One look: seconds since the first, MiB. */
    private record Sample(double seconds, double mebibytes) {}

    synchronized void look(String name, long pid, double seconds) {
        double mebibytes = residentKibibytes(pid) / 1024.0;
        if (mebibytes > 0) {
            samples.computeIfAbsent(name, any -> new ArrayList<>()).add(new Sample(seconds, mebibytes));
        }
    }

    /** Least-squares slope over the second half of each process's samples, when its heap has found its size. */
    synchronized String markdown() {
        StringBuilder table = new StringBuilder(
                "| process | samples | seconds | first MiB | last MiB | most MiB | slope of the second half, MiB per hour |\n"
                        + "|---|---|---|---|---|---|---|\n");
        samples.forEach((name, all) -> {
            if (all.size() >= LEAST) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.1f |%n",
                        name,
                        all.size(),
                        all.getLast().seconds() - all.getFirst().seconds(),
                        all.getFirst().mebibytes(),
                        all.getLast().mebibytes(),
                        all.stream().mapToDouble(Sample::mebibytes).max().orElseThrow(),
                        3600 * slope(all.subList(all.size() / 2, all.size()))));
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

    /** 0 where the process is gone. */
    private static long residentKibibytes(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return answer.isEmpty() ? 0 : Long.parseLong(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
