package org.plmfrontier.fitting.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * Everything that is computed from one state of a study. Immutable.
 *
 * @param study the state that was fitted
 * @param runs by run id, smallest model first
 * @param families one fit per family, ascending by name
 * @param bootstrap how all intervals were made
 * @param failure why the first fit of the study broke off; empty where it did not
 */
public record StudyFit(
        Study study,
        Map<String, RunFit> runs,
        Map<String, FamilyFit> families,
        Bootstrap bootstrap,
        Optional<String> failure) {
    public StudyFit {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(bootstrap, "bootstrap");
        Objects.requireNonNull(failure, "failure");
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
        families = Collections.unmodifiableMap(new LinkedHashMap<>(families));
    }

    /**
     * Fits a study.
     *
     * @param before an earlier fit, whose parts are taken over where their runs have not changed
     * @throws java.util.concurrent.CancellationException where the thread is interrupted meanwhile
     */
    public static StudyFit of(Study study, Optional<StudyFit> before, FitSettings settings) {
        Map<String, RunFit> runs = new LinkedHashMap<>();
        for (Run run : study.knownRuns()) {
            Cancellation.check();
            Optional<RunFit> known = before.map(fit -> fit.runs().get(run.runId()));
            runs.put(run.runId(), known.filter(fit -> fit.stillHolds(run)).orElseGet(() -> RunFit.of(run, settings)));
        }
        Map<String, FamilyFit> families = new LinkedHashMap<>();
        for (String family : study.families()) {
            Cancellation.check();
            List<RunFit> members = runs.values().stream()
                    .filter(fit -> fit.run().family().equals(family))
                    .toList();
            Optional<FamilyFit> known = before.map(fit -> fit.families().get(family));
            families.put(
                    family,
                    known.filter(fit -> fit.stillHolds(members))
                            .orElseGet(() -> FamilyFit.of(family, members, study.note(), settings)));
        }
        return new StudyFit(study, runs, families, settings.bootstrap(), Optional.empty());
    }

    /** The family of that name, if the study has it. */
    public Optional<FamilyFit> family(String name) {
        return Optional.ofNullable(families.get(name));
    }

    /** The only family; empty where there are none or several. */
    public Optional<FamilyFit> onlyFamily() {
        return families.size() == 1 ? families.values().stream().findFirst() : Optional.empty();
    }

    /** Curve points and final points that entered. */
    public long eventsSeen() {
        return families.values().stream().mapToLong(FamilyFit::eventsSeen).sum();
    }
}
