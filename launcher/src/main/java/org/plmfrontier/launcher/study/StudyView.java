package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A study as the fitting service answers.
 *
 * @param comparisons one sentence per family: what its losses are compared with; a further one where its best run has
 *     learned hardly more than the composition
 * @param expectedFlops training FLOPs of all runs
 * @param doneFlops training FLOPs published so far
 * @param fitIsCurrent whether the published fits are of this very state
 */
public record StudyView(
        String id,
        List<RunView> runs,
        List<String> comparisons,
        double expectedFlops,
        double doneFlops,
        boolean fitIsCurrent) {
    public StudyView {
        runs = List.copyOf(runs);
        comparisons = List.copyOf(comparisons);
    }

    /** A study of which nothing is said about what its losses are compared with. */
    public StudyView(String id, List<RunView> runs, double expectedFlops, double doneFlops, boolean fitIsCurrent) {
        this(id, runs, List.of(), expectedFlops, doneFlops, fitIsCurrent);
    }

    /** Reads {@code GET /studies/{id}} of the fitting service. */
    public static StudyView of(JsonNode json) {
        List<RunView> runs = new ArrayList<>();
        json.get("runs").forEach(run -> runs.add(RunView.of(run)));
        List<String> comparisons = new ArrayList<>(Comparisons.sentences(json.path("comparisons")));
        comparisons.addAll(Comparisons.compositionOnly(json));
        return new StudyView(
                json.get("study").asText(),
                runs,
                comparisons,
                json.get("expectedFlops").asDouble(),
                json.get("doneFlops").asDouble(),
                json.path("fitIsCurrent").asBoolean());
    }

    /** Share of the study's FLOPs that is done, 0 to 1. */
    public double progress() {
        return expectedFlops > 0 ? Math.min(1, doneFlops / expectedFlops) : 0;
    }

    /** Whether no run has work left. */
    public boolean isOver() {
        return !runs.isEmpty() && runs.stream().allMatch(RunView::isOver);
    }
}
