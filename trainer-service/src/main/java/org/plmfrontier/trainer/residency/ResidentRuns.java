package org.plmfrontier.trainer.residency;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
     * Takes a run out and leaves room for it. A warm state of another specification or tenure or at another place is closed.
     *
     * @param specification by which the run must have been trained
     * @param progress where the run must stand
     */
    public Optional<WarmRun> take(String runId, String specification, Object tenure, RunProgress progress) {
        WarmRun run = runs.remove(runId);
        if (run != null
                && run.specification().equals(specification)
                && run.tenure() == tenure
                && run.progress().equals(progress)) {
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

    /** Closes the runs whose tenure is over. */
    public void closeUnless(Predicate<Object> tenureHolds) {
        Iterator<WarmRun> each = runs.values().iterator();
        while (each.hasNext()) {
            WarmRun run = each.next();
            if (!tenureHolds.test(run.tenure())) {
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
        closeUnless(tenure -> false);
    }

    private void closeFirst() {
        Iterator<WarmRun> each = runs.values().iterator();
        WarmRun coldest = each.next();
        each.remove();
        coldest.model().close();
    }
}
