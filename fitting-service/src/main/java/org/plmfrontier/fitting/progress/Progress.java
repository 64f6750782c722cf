package org.plmfrontier.fitting.progress;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.ProvisionalSteps;
import org.plmfrontier.fitting.progress.RunProgress.Source;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.StateChange;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/**
 * What trainers say of their slices before these are committed. Beside the studies, never in them: no fit, file or replay
 * reads it. Steps are dropped once they are committed, once a later owner of the run has said something, once their run has
 * diverged or ended otherwise, and once they are too old; late ones of an earlier owner are not taken at all. Times are those
 * of arrival. Thread-safe.
 */
public final class Progress {
    private final Studies studies;
    private final ProgressSettings settings;
    private final LongSupplier nanos;
    /** The run that was silent longest first. */
    private final Map<Key, RunProgress> runs = new LinkedHashMap<>();

    private final LongAdder steps = new LongAdder();
    private final LongAdder lateSteps = new LongAdder();
    private long epochs;
    private int points;

    private record Key(String studyId, String runId) {}

    /**
     * Nothing yet.
     *
     * @param nanos a steady counter, nanoseconds
     */
    public Progress(Studies studies, ProgressSettings settings, LongSupplier nanos) {
        this.studies = studies;
        this.settings = settings;
        this.nanos = nanos;
    }

    /** Takes steps of a slice that trains. */
    public synchronized void add(ProvisionalSteps batch) {
        Key key = new Key(batch.studyId(), batch.runId());
        long now = nanos.getAsLong();
        RunProgress known = runs.get(key);
        if (known != null && !isTooOld(known.arrivedNanos(), now) && known.isLaterThan(batch)) {
            lateSteps.add(batch.steps().size());
            return;
        }
        steps.add(batch.steps().size());
        Optional<Run> run =
                studies.find(batch.studyId()).map(study -> study.runs().get(batch.runId()));
        long committed = run.map(Run::step).orElse(0L);
        RunProgress before = begin(known, batch, now);
        RunProgress after = before.plus(batch, now, run.flatMap(Run::change), settings.pointsPerRun())
                .filtered(point -> point.step() > committed);
        remove(key);
        put(key, after);
        Iterator<RunProgress> silentest = runs.values().iterator();
        while (points > settings.points() && silentest.hasNext()) {
            points -= silentest.next().points().size();
            silentest.remove();
        }
    }

    /** What a run's steps are added to: nothing where its lease is another one. */
    private RunProgress begin(@Nullable RunProgress known, ProvisionalSteps batch, long now) {
        if (known == null || known.source().leaseGeneration() != batch.leaseGeneration()) {
            return RunProgress.none(Source.of(batch), ++epochs, now);
        }
        return known.isRepeatedBy(batch) ? known.withEpoch(++epochs) : known;
    }

    /** The run's steps that are not committed; none where it has diverged or was ended since they came. */
    public Optional<RunProgress> of(Run run) {
        return Optional.ofNullable(get(new Key(run.studyId(), run.runId())))
                .filter(found -> !isOver(run, found.change()))
                .map(found -> found.filtered(point -> point.step() > run.step()));
    }

    private synchronized @Nullable RunProgress get(Key key) {
        return runs.get(key);
    }

    /** Forgets what nobody may see any more; to be called now and then. */
    public synchronized void sweep() {
        long now = nanos.getAsLong();
        List<Key> keys = new ArrayList<>(runs.keySet());
        for (Key key : keys) {
            RunProgress known = runs.get(key);
            if (known == null || isTooOld(known.arrivedNanos(), now)) {
                remove(key);
                continue;
            }
            RunProgress fewer = known.filtered(point -> !isTooOld(point.arrivedNanos(), now));
            if (fewer.points().size() < known.points().size()) {
                fewer = fewer.withEpoch(++epochs);
            }
            long committed = run(key).map(Run::step).orElse(0L);
            fewer = fewer.filtered(point -> point.step() > committed);
            points += fewer.points().size() - known.points().size();
            runs.replace(key, fewer);
        }
    }

    /** Steps taken, those of an earlier owner not counted. */
    public long steps() {
        return steps.sum();
    }

    /** Steps that came from an earlier owner of their run. */
    public long lateSteps() {
        return lateSteps.sum();
    }

    /** Points in memory. */
    public synchronized int points() {
        return points;
    }

    private Optional<Run> run(Key key) {
        return studies.find(key.studyId()).map(Study::runs).map(found -> found.get(key.runId()));
    }

    private static boolean isOver(Run run, Optional<StateChange> known) {
        return switch (run.state()) {
            case PLANNED, TRAINING -> false;
            case DIVERGED -> true;
            case STOPPED, COMPLETED -> !run.change().equals(known);
        };
    }

    private boolean isTooOld(long arrived, long now) {
        return now - arrived > settings.limit().toNanos();
    }

    private void put(Key key, RunProgress progress) {
        runs.put(key, progress);
        points += progress.points().size();
    }

    private void remove(Key key) {
        RunProgress gone = runs.remove(key);
        points -= gone == null ? 0 : gone.points().size();
    }
}
