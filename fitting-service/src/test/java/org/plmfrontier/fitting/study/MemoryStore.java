package org.plmfrontier.fitting.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.curve.CurvePoint;

/** The steps of runs, as a database would keep them, told three at a time. Not thread-safe. */
public final class MemoryStore implements StudyStore {
    private static final int PIECE = 3;

    private final Map<String, Map<Long, CurvePoint>> points = new TreeMap<>();

    /** Keeps the steps among the events. */
    public void keep(List<? extends TrainingEvent> events) {
        for (TrainingEvent event : events) {
            if (event instanceof StepCompleted step) {
                points.computeIfAbsent(step.runId(), run -> new TreeMap<>())
                        .put(
                                step.step(),
                                new CurvePoint(
                                        step.step(),
                                        step.tokens(),
                                        step.computeFlops(),
                                        step.executedFlops(),
                                        step.lossNats(),
                                        step.learningRate()));
            }
        }
    }

    /** Forgets everything. */
    public void empty() {
        points.clear();
    }

    @Override
    public void points(String runId, Consumer<List<CurvePoint>> batches) {
        List<CurvePoint> all =
                new ArrayList<>(points.getOrDefault(runId, Map.of()).values());
        all.sort(Comparator.comparingLong(CurvePoint::step));
        for (int from = 0; from < all.size(); from += PIECE) {
            batches.accept(all.subList(from, Math.min(all.size(), from + PIECE)));
        }
    }

    @Override
    public void keep(List<LoggedEvent> events, String log, Offsets readTo) {
        keep(events.stream().map(LoggedEvent::event).toList());
    }

    @Override
    public Offsets readTo(String log) {
        return Offsets.NONE;
    }

    @Override
    public Map<String, Offsets> observed(String log) {
        return Map.of();
    }

    @Override
    public void replay(Set<String> evicted, Consumer<List<TrainingEvent>> batches) {
        throw new UnsupportedOperationException("only points are kept");
    }

    @Override
    public List<String> settled() {
        return List.of();
    }
}
