package org.plmfrontier.trainer.slice;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For how long training stood still for the checkpoints of each run, until its next slice says so. Not thread-safe.
 *
 * <p>Runs that trained here long ago are forgotten: at most {@value #RUNS} are kept.
 */
final class HeldUpTimes {
    private static final int RUNS = 256;

    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /** A run's training stood still for one of its checkpoints. */
    void add(String runId, double more) {
        double before = seconds.getOrDefault(runId, 0.0);
        seconds.remove(runId);
        seconds.put(runId, before + more);
        if (seconds.size() > RUNS) {
            seconds.remove(seconds.keySet().iterator().next());
        }
    }

    /** Seconds since this was last asked of the run; null where it had no checkpoint here since. */
    @Nullable
    Double take(String runId) {
        return seconds.remove(runId);
    }
}
