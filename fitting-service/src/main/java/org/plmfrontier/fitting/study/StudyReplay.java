package org.plmfrontier.fitting.study;

import java.util.List;
import java.util.Optional;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.curve.StepThinning;

/**
 * One study as its log alone describes it, while the log is read from its beginning. Memory holds that study and nothing else of
 * the log. Not thread-safe.
 */
public final class StudyReplay {
    private final String studyId;
    private final Studies studies;
    private final RunOwners owners = new RunOwners();

    /** A study of whose log nothing is read. */
    public StudyReplay(String studyId, StepThinning thinning) {
        this.studyId = studyId;
        this.studies = new Studies(thinning);
    }

    /** Takes the next events of the log; those of other studies only say whose runs are whose. */
    public void add(List<LoggedEvent> batch) {
        studies.addLogged(
                batch.stream().filter(logged -> belongs(logged.event())).toList());
    }

    /** The study as far as it is read; empty where no event was of it. */
    public Optional<Study> study() {
        return studies.find(studyId);
    }

    private boolean belongs(TrainingEvent event) {
        try {
            return owners.of(event).equals(studyId) && event.studyId().equals(studyId);
        } catch (IllegalArgumentException impossibleId) {
            return false;
        }
    }
}
