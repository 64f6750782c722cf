package org.plmfrontier.launcher.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.launcher.endtoend.StudyComparison;

/** What was done to which study and what came of it. Not thread-safe. */
final class FaultTable {
    private final Map<Fault, List<String>> studies = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> confirmed = new EnumMap<>(Fault.class);
    private final List<StudyComparison> outcomes = new ArrayList<>();
    private int kills;

    void injected(Fault fault, String study, int killed) {
        studies.computeIfAbsent(fault, any -> new ArrayList<>()).add(study);
        kills += killed;
    }

    /** The fault fell where it was aimed. */
    void hit(Fault fault) {
        confirmed.merge(fault, 1, Integer::sum);
    }

    void outcome(StudyComparison outcome) {
        outcomes.add(outcome);
    }

    int kills() {
        return kills;
    }

    int faults() {
        return studies.values().stream().mapToInt(List::size).sum();
    }

    List<StudyComparison> outcomes() {
        return List.copyOf(outcomes);
    }

    String markdown(String title) {
        StringBuilder table = new StringBuilder("## " + title + "\n\n");
        table.append("| fault | times | seen to hit its aim | studies | steps lost | steps doubled | bit-equal |\n");
        table.append("|---|---|---|---|---|---|---|\n");
        studies.forEach(
                (fault, where) -> row(table, fault.what(), where.size(), confirmed.get(fault), new HashSet<>(where)));
        Set<String> all = new HashSet<>();
        outcomes.forEach(outcome -> all.add(outcome.study()));
        row(table, "**all**", faults(), null, all);
        long steps = outcomes.stream().mapToLong(StudyComparison::steps).sum();
        table.append("\n" + kills + " trainer processes ended by SIGKILL; " + steps + " steps published in "
                + outcomes.size() + " studies.\n");
        outcomes.stream()
                .flatMap(outcome -> outcome.different().stream())
                .forEach(line -> table.append("- different: ").append(line).append('\n'));
        return table.toString();
    }

    private void row(
            StringBuilder table,
            String what,
            int times,
            @org.jspecify.annotations.Nullable Integer hits,
            Set<String> where) {
        List<StudyComparison> touched =
                outcomes.stream().filter(o -> where.contains(o.study())).toList();
        table.append("| %s | %d | %s | %d | %d | %d | %d of %d |\n"
                .formatted(
                        what,
                        times,
                        hits == null ? "" : hits.toString(),
                        touched.size(),
                        touched.stream().mapToLong(StudyComparison::lost).sum(),
                        touched.stream().mapToLong(StudyComparison::doubled).sum(),
                        touched.stream().filter(StudyComparison::isEqual).count(),
                        touched.size()));
    }
}
