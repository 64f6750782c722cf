package org.plmfrontier.fitting.live;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.EventLog;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.StudyReplay;

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
            StudyReplay replay = new StudyReplay(studyId, thinning);
            log.read(asOf, replay::add);
            return replay.study().map(study -> StudyFit.of(study, Optional.empty(), settings));
        } finally {
            busy.unlock();
        }
    }
}
