package org.plmfrontier.fitting.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * Everything that is computed from one state of a study. Immutable.
 *
 * @param study the state that was fitted
 * @param runs by run id, smallest model first
 * @param envelope approach 1
 * @param frontier the frontier along the envelope, at round budgets
 * @param bootstrap how all intervals were made
 */
public record StudyFit(
        Study study,
        Map<String, RunFit> runs,
        FitOutcome<EnvelopeFrontier> envelope,
        FitOutcome<Frontier> frontier,
        Bootstrap bootstrap) {
    public StudyFit {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(frontier, "frontier");
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    /**
     * Fits a study.
     *
     * @param before an earlier fit, whose parts are taken over where their run has not changed
     */
    public static StudyFit of(Study study, Optional<StudyFit> before, FitSettings settings) {
        Map<String, RunFit> runs = new LinkedHashMap<>();
        for (Run run : study.plannedRuns()) {
            Optional<RunFit> known = before.map(fit -> fit.runs().get(run.runId()));
            runs.put(run.runId(), known.filter(fit -> fit.stillHolds(run)).orElseGet(() -> RunFit.of(run, settings)));
        }
        List<SmoothedCurve> curves = runs.values().stream()
                .flatMap(fit -> fit.smoothed().result().stream())
                .toList();
        FitOutcome<EnvelopeFrontier> envelope = Approach1.fit(curves, settings.bootstrap());
        FitOutcome<Frontier> frontier = envelope.flatMap(found -> EnvelopeBudgets.frontier(found, Convention.STUDY));
        return new StudyFit(study, runs, envelope, frontier, settings.bootstrap());
    }
}
