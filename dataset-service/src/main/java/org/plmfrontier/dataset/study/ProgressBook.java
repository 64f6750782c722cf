package org.plmfrontier.dataset.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.dataset.study.RunProgress.Reaction;

/** Keeps the runs' progress by their events, each counted once however often it comes. Thread-safe. */
public final class ProgressBook {
    private final StudyStore store;
    private final EventOddities oddities;
    private final Throughput throughput = new Throughput();
    private final DeviceSpeeds speeds = new DeviceSpeeds();
    private final CheckpointTimes checkpoints = new CheckpointTimes();

    public ProgressBook(StudyStore store, EventOddities oddities) {
        this.store = store;
        this.oddities = oddities;
    }

    /**
     * Takes events in the order of the log. A deletion counts for what comes before it and after it.
     *
     * @param readTo where the log goes on behind them
     */
    public void apply(List<TrainingEvent> events, LogPosition readTo) {
        Map<String, RunDeleted> deleted = new TreeMap<>();
        Map<String, RunPlanned> announced = new TreeMap<>();
        Map<String, List<TrainingEvent>> byRun = new TreeMap<>();
        List<DownstreamEvaluated> evaluated = new ArrayList<>();
        for (TrainingEvent event : events) {
            switch (event) {
                case RunPlanned planned -> announced.put(planned.runId(), planned);
                case SliceCompleted slice -> {
                    checkpoints.add(slice);
                    of(slice, byRun).add(slice);
                }
                case RunStateChanged change -> of(change, byRun).add(change);
                case StepCompleted step -> speeds.add(step);
                case DownstreamEvaluated result -> evaluated.add(result);
                case RunDeleted gone -> {
                    deleted.put(gone.runId(), gone);
                    announced.remove(gone.runId());
                    byRun.remove(gone.runId());
                }
                default -> {}
            }
        }
        Map<String, UnaryOperator<RunProgress>> changes = new TreeMap<>();
        byRun.forEach((runId, ofRun) -> changes.put(runId, progress -> advance(progress, ofRun)));
        store.take(deleted.values(), announced.values(), changes, readTo).forEach(oddities::unknownRun);
        if (!evaluated.isEmpty()) {
            store.evaluated(evaluated);
        }
        Map<String, Double> measured = speeds.of(changes.keySet());
        if (!measured.isEmpty()) {
            store.measured(measured);
        }
    }

    private static List<TrainingEvent> of(TrainingEvent event, Map<String, List<TrainingEvent>> byRun) {
        return byRun.computeIfAbsent(event.runId(), run -> new ArrayList<>());
    }

    /** How fast all trainers together were of late. */
    public Throughput throughput() {
        return throughput;
    }

    /** How fast single devices were of late. */
    public DeviceSpeeds speeds() {
        return speeds;
    }

    /** For how long training stood still for checkpoints of late. */
    public CheckpointTimes checkpoints() {
        return checkpoints;
    }

    private RunProgress advance(RunProgress start, List<TrainingEvent> events) {
        RunProgress progress = start;
        for (TrainingEvent event : events) {
            switch (progress.after(event)) {
                case Reaction.Advanced advanced -> {
                    double done = advanced.progress().computeFlops() - progress.computeFlops();
                    throughput.add(advanced.progress().updatedAt(), done);
                    progress = advanced.progress();
                }
                case Reaction.Impossible impossible -> oddities.impossible(impossible.reason());
                case Reaction.Unchanged ignored -> {}
            }
        }
        return progress;
    }
}
