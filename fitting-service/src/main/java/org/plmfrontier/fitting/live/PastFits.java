package org.plmfrontier.fitting.live;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.EventLog;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.RunOwners;
import org.plmfrontier.fitting.study.Studies;

/**
 * A study as it was fitted when the log reached to some offsets, computed from the log alone. Memory holds the one study
 * and nothing else of the log. Thread-safe; one at a time is computed.
 */
public final class PastFits {
    private final EventLog log;
    private final StepThinning thinning;
    private final FitSettings settings;
    private final ReentrantLock busy = new ReentrantLock();

    /** Past fits with the settings of the live ones. */
    public PastFits(EventLog log, StepThinning thinning, FitSettings settings) {
        this.log = log;
        this.thinning = thinning;
        this.settings = settings;
    }

    /** Another past fit is being computed. */
    public static final class BusyException extends RuntimeException {
        BusyException() {
            super("another state of the past is being computed, ask again in a moment");
        }
    }

    /**
     * The fit of the study as of the offsets; empty where the log up to there knows no such study.
     *
     * @throws IllegalArgumentException where the log does not hold what is asked
     * @throws BusyException while another one is computed
     */
    public Optional<StudyFit> at(String studyId, Offsets asOf) {
        if (!busy.tryLock()) {
            throw new BusyException();
        }
        try {
            Studies studies = new Studies(thinning);
            RunOwners owners = new RunOwners();
            log.read(asOf, batch -> studies.addLogged(ofStudy(studyId, batch, owners)));
            return studies.find(studyId).map(study -> StudyFit.of(study, Optional.empty(), settings));
        } finally {
            busy.unlock();
        }
    }

    private static List<LoggedEvent> ofStudy(String studyId, List<LoggedEvent> batch, RunOwners owners) {
        return batch.stream()
                .filter(logged -> belongs(studyId, logged.event(), owners))
                .toList();
    }

    private static boolean belongs(String studyId, TrainingEvent event, RunOwners owners) {
        try {
            return owners.of(event).equals(studyId) && event.studyId().equals(studyId);
        } catch (IllegalArgumentException impossibleId) {
            return false;
        }
    }
}
