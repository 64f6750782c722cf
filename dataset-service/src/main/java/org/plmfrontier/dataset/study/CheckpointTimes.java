package org.plmfrontier.dataset.study;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;

/**
 * For how long training stands still for checkpoints, as trainers say it: of each of the runs that trained last, the longest
 * of its last {@value #SLICES} slices. Where a copy of the state does not fit into host memory, or the store is slow, that is
 * the writing too. Of this process's time only: after a restart the next slices tell it anew. Thread-safe.
 */
public final class CheckpointTimes {
    private static final int SLICES = 8;
    private static final int RUNS = 256;

    /** What no checkpoint takes, seconds: a clock that jumped says such. */
    private static final double LONGEST = 3600;

    private final Map<String, Deque<Double>> seconds = new LinkedHashMap<>(RUNS, 0.75f, true);

    /** Shapes of runs that were looked up; they never change. */
    private final Map<String, ModelShape> shapes = new HashMap<>();

    /** A slice; one that says nothing of checkpoints, or what cannot be, is passed over. */
    synchronized void add(SliceCompleted slice) {
        Double heldUp = slice.heldUpSeconds();
        if (heldUp == null || !(heldUp >= 0 && heldUp <= LONGEST)) {
            return;
        }
        Deque<Double> last = seconds.computeIfAbsent(slice.runId(), run -> new ArrayDeque<>());
        last.add(heldUp);
        if (last.size() > SLICES) {
            last.remove();
        }
        if (seconds.size() > RUNS) {
            String oldest = seconds.keySet().iterator().next();
            seconds.remove(oldest);
            shapes.remove(oldest);
        }
    }

    /**
     * Seconds for which training stands still for a checkpoint of a run: as that run was measured, else another one of its
     * shape; empty where none was.
     *
     * @param runs finds a run by its id
     */
    public OptionalDouble at(RunSpec wanted, Function<String, Optional<RunSpec>> runs) {
        OptionalDouble own = longest(wanted.runId());
        if (own.isPresent()) {
            return own;
        }
        for (String other : measured()) {
            if (shape(other, runs).filter(wanted.shape()::equals).isPresent()) {
                return longest(other);
            }
        }
        return OptionalDouble.empty();
    }

    private synchronized OptionalDouble longest(String runId) {
        Deque<Double> last = seconds.get(runId);
        return last == null
                ? OptionalDouble.empty()
                : last.stream().mapToDouble(Double::doubleValue).max();
    }

    private synchronized Iterable<String> measured() {
        return List.copyOf(seconds.keySet());
    }

    /** Asks the store outside of the lock. */
    private Optional<ModelShape> shape(String runId, Function<String, Optional<RunSpec>> runs) {
        synchronized (this) {
            ModelShape known = shapes.get(runId);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<ModelShape> shape = runs.apply(runId).map(RunSpec::shape);
        shape.ifPresentOrElse(found -> remember(runId, found), () -> forget(runId));
        return shape;
    }

    /** A run that nobody knows any more would be looked up again and again. */
    private synchronized void forget(String runId) {
        seconds.remove(runId);
    }

    private synchronized void remember(String runId, ModelShape shape) {
        if (seconds.containsKey(runId)) {
            shapes.put(runId, shape);
        }
    }
}
