package org.plmfrontier.trainer.residency;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.RunProgress;

/**
 * Runs kept on the device between their slices, at most a fixed number; the one used longest ago goes first. Whoever takes
 * a run out owns its model until it puts it back. Not thread-safe.
 */
public final class ResidentRuns implements AutoCloseable {
    private final int capacity;
    private final Map<String, WarmRun> runs = new LinkedHashMap<>();

    public ResidentRuns(int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity must be positive, got " + capacity);
        }
        this.capacity = capacity;
    }

    /**
     * Takes a run out and leaves room for it. A warm state of another specification or lease or at another place is closed.
     *
     * @param specification by which the run must have been trained
     * @param progress where the run must stand
     */
    public Optional<WarmRun> take(String runId, String specification, Lease lease, RunProgress progress) {
        WarmRun run = runs.remove(runId);
        if (run != null && isAt(run, specification, lease, progress)) {
            return Optional.of(run);
        }
        if (run != null) {
            run.model().close();
        }
        while (runs.size() >= capacity) {
            closeFirst();
        }
        return Optional.empty();
    }

    /** Whether {@link #take} would find the run. */
    public boolean holds(String runId, String specification, Lease lease, RunProgress progress) {
        WarmRun run = runs.get(runId);
        return run != null && isAt(run, specification, lease, progress);
    }

    /** Closes the model of a run, if it is still here in just this state. */
    public void discard(WarmRun run) {
        if (runs.remove(run.runId(), run)) {
            run.model().close();
        }
    }

    private static boolean isAt(WarmRun run, String specification, Lease lease, RunProgress progress) {
        return run.specification().equals(specification)
                && run.lease() == lease
                && run.progress().equals(progress);
    }

    /** Puts a run back as the one used last. */
    public void keep(WarmRun run) {
        WarmRun before = runs.put(run.runId(), run);
        if (before != null) {
            before.model().close();
        }
        while (runs.size() > capacity) {
            closeFirst();
        }
    }

    /** Closes the model of a run, in whatever state it is here. */
    public void close(String runId) {
        WarmRun run = runs.remove(runId);
        if (run != null) {
            run.model().close();
        }
    }

    /** Closes the models of runs whose lease is lost. */
    public void closeUnless(Predicate<Lease> isHeld) {
        Iterator<WarmRun> each = runs.values().iterator();
        while (each.hasNext()) {
            WarmRun run = each.next();
            if (!isHeld.test(run.lease())) {
                each.remove();
                run.model().close();
            }
        }
    }

    public int size() {
        return runs.size();
    }

    @Override
    public void close() {
        closeUnless(lease -> false);
    }

    private void closeFirst() {
        Iterator<WarmRun> each = runs.values().iterator();
        WarmRun coldest = each.next();
        each.remove();
        coldest.model().close();
    }
}
