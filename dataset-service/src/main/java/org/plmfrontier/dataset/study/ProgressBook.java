package org.plmfrontier.dataset.study;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.dataset.run.RunProgress;
import org.plmfrontier.dataset.run.RunProgress.Reaction;

/** Keeps the runs' progress by their events, each counted once however often it comes. Thread-safe. */
public final class ProgressBook {
    private final StudyStore store;
    private final EventOddities oddities;
    private final Throughput throughput = new Throughput();

    public ProgressBook(StudyStore store, EventOddities oddities) {
        this.store = store;
        this.oddities = oddities;
    }

    /** Takes events in the order of the log. */
    public void apply(List<TrainingEvent> events) {
        Map<String, List<TrainingEvent>> byRun = events.stream()
                .filter(event -> event instanceof SliceCompleted || event instanceof RunStateChanged)
                .collect(Collectors.groupingBy(TrainingEvent::runId));
        byRun.forEach((runId, ofRun) -> {
            if (!store.advance(runId, progress -> advance(progress, ofRun))) {
                oddities.unknownRun(runId);
            }
        });
    }

    /** How fast all trainers together were of late. */
    public Throughput throughput() {
        return throughput;
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
