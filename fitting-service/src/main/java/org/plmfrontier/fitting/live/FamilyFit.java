package org.plmfrontier.fitting.live;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.envelope.Approach1;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.frontier.EnvelopeBudgets;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.ImportNote;

/**
 * Everything that is computed from the runs of one family of a study, and from no others. Immutable.
 *
 * @param runs by run id, smallest model first
 * @param data what the methods were given
 * @param envelope approach 1
 * @param frontier the frontier along the envelope, at round budgets
 * @param surfaces approaches 2 and 3 and Kaplan's form
 */
public record FamilyFit(
        String family,
        Map<String, RunFit> runs,
        StudyData data,
        FitOutcome<EnvelopeFrontier> envelope,
        FitOutcome<Frontier> frontier,
        Map<Method, FitOutcome<MethodFit>> surfaces) {
    private static final List<Method> SURFACES = List.of(Method.A2, Method.A3, Method.KAPLAN);

    public FamilyFit {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(frontier, "frontier");
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
        surfaces = Collections.unmodifiableMap(new LinkedHashMap<>(surfaces));
    }

    static FamilyFit of(String family, Collection<RunFit> runs, Optional<ImportNote> note, FitSettings settings) {
        StudyData data = FamilyData.of(runs, note);
        FitOutcome<EnvelopeFrontier> envelope = Approach1.fit(data.curves(), settings.bootstrap());
        FitOutcome<Frontier> frontier = envelope.flatMap(found -> EnvelopeBudgets.frontier(found, data.convention()));
        Map<String, RunFit> byId = new LinkedHashMap<>();
        runs.forEach(run -> byId.put(run.run().runId(), run));
        return new FamilyFit(
                family, byId, data, envelope, frontier, Analyses.fit(data, SURFACES, settings.bootstrap()));
    }

    /** Whether these are the very runs that were fitted. */
    @SuppressWarnings("ReferenceEquality")
    boolean stillHolds(Collection<RunFit> now) {
        return now.size() == runs.size()
                && now.stream().allMatch(run -> runs.get(run.run().runId()) == run);
    }

    /**
     * The answer of approach 2, approach 3 or Kaplan's form.
     *
     * @throws IllegalArgumentException for another method
     */
    public FitOutcome<MethodFit> surface(Method method) {
        FitOutcome<MethodFit> outcome = surfaces.get(method);
        if (outcome == null) {
            throw new IllegalArgumentException(method.label() + " is no fit to final losses");
        }
        return outcome;
    }

    /** Curve points and final points that entered. */
    public long eventsSeen() {
        return runs.values().stream()
                .map(run -> run.run().curve())
                .mapToLong(curve -> curve.size() + curve.finals().size())
                .sum();
    }
}
