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

    /** Evicts the points of a study, unless it has changed meanwhile. */
    public void evict(Study study) {
        if (study.isOver() && !study.isEvicted()) {
            studies.replace(study, study.withCurves(RunCurve::evicted));
        }
    }

    /** Evicted points cannot be read now. */
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
    public Study load(Study study) {
        if (!study.isEvicted()) {
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
    public void reload(Collection<String> studyIds) {
        for (String id : studyIds) {
            studies.find(id)
                    .filter(Study::isEvicted)
                    .ifPresent(study -> studies.replace(
                            study, study.withCurves(this::stored).touched()));
        }
    }

    private RunCurve complete(RunCurve evicted) {
        RunCurve stored = stored(evicted);
        if (!stored.last().equals(evicted.last())) {
            throw new IllegalStateException(
                    "points of run " + evicted.runId() + " are missing, the last of which is step " + step(evicted)
                            + "; the last that is there is step " + step(stored));
        }
        return stored;
    }

    private static long step(RunCurve curve) {
        return curve.last().map(CurvePoint::step).orElse(0L);
    }

    private RunCurve stored(RunCurve evicted) {
        AtomicReference<RunCurve> curve = new AtomicReference<>(evicted.withoutPoints());
        store.points(evicted.runId(), points -> curve.updateAndGet(known -> known.plus(points)));
        return Objects.requireNonNull(curve.get());
    }
}
