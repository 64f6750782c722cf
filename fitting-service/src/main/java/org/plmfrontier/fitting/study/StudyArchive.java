package org.plmfrontier.fitting.study;

import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.runtime.retry.FailureSentence;

/**
 * Leaves the points of studies that are over to the store and brings them back, so that memory does not grow with all
 * studies that ever were. Thread-safe.
 */
public final class StudyArchive {
    private final Studies studies;
    private final StudyStore store;

    public StudyArchive(Studies studies, StudyStore store) {
        this.studies = studies;
        this.store = store;
    }

    /** Lets go of the points of a study, unless it has changed meanwhile. */
    public void rest(Study study) {
        if (study.isOver() && !study.isAtRest()) {
            studies.replace(study, study.withCurves(RunCurve::resting));
        }
    }

    /** The points of a study at rest cannot be had now. */
    public static final class NotThereException extends RuntimeException {
        NotThereException(Study study, RuntimeException cause) {
            super(
                    "study '" + study.id()
                            + "' is over and its points lie in the database, which does not give them now: "
                            + FailureSentence.of(cause),
                    cause);
        }
    }

    /**
     * The same state of a study with all points; they do not stay in memory beyond the answer.
     *
     * @throws NotThereException where the store is away or does not have them
     */
    public Study awake(Study study) {
        if (!study.isAtRest()) {
            return study;
        }
        try {
            return study.withCurves(this::complete);
        } catch (RuntimeException e) {
            throw new NotThereException(study, e);
        }
    }

    /**
     * Brings studies back to which something will be added. What the store has lost is missing then, and comes again with
     * the log.
     */
    public void wake(Collection<String> studyIds) {
        for (String id : studyIds) {
            studies.find(id)
                    .filter(Study::isAtRest)
                    .ifPresent(study -> studies.replace(
                            study, study.withCurves(this::stored).touched()));
        }
    }

    private RunCurve complete(RunCurve resting) {
        RunCurve stored = stored(resting);
        if (!stored.last().equals(resting.last())) {
            throw new IllegalStateException(
                    "points of run " + resting.runId() + " are missing, the last of which is step " + step(resting)
                            + "; the last that is there is step " + step(stored));
        }
        return stored;
    }

    private static long step(RunCurve curve) {
        return curve.last().map(CurvePoint::step).orElse(0L);
    }

    private RunCurve stored(RunCurve resting) {
        AtomicReference<RunCurve> curve = new AtomicReference<>(resting.withoutPoints());
        store.points(resting.runId(), points -> curve.updateAndGet(known -> known.plus(points)));
        return Objects.requireNonNull(curve.get());
    }
}
